package io.tailrace.schemas.topic;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/** The names of a region's topics. */
public final class Topics {
    /** Longest name that Kafka accepts. */
    private static final int MAX_LENGTH = 249;

    private static final String PREFIX = "tailrace.";

    private Topics() {}

    /** Every mutation of the region with both images, and catalog changes in every partition. */
    public static String mutations(String region) {
        return PREFIX + region + ".mutations";
    }

    /**
     * A table's DynamoDB Streams records: the prefix and the table's name. Where Kafka would refuse that, a checksum of the
     * name follows: names of topics have at most 249 characters, and two of them may not differ by a dot and
     * an underscore alone, so that a name with a dot always has it.
     */
    public static String stream(String region, String table) {
        String topic = streamPrefix(region) + table;
        if (topic.length() <= MAX_LENGTH && table.indexOf('.') < 0) {
            return topic;
        }
        CRC32 checksum = new CRC32();
        checksum.update(table.getBytes(StandardCharsets.UTF_8));
        String suffix = String.format(Locale.ROOT, "-%08x", checksum.getValue());
        return topic.substring(0, Math.min(topic.length(), MAX_LENGTH - suffix.length())) + suffix;
    }

    /** What the names of the region's stream topics begin with. */
    public static String streamPrefix(String region) {
        return PREFIX + region + ".stream.";
    }

    /** Writes that processors ask of the engine. */
    public static String commands(String region) {
        return PREFIX + region + ".commands";
    }

    /** Records that could not be processed, with their origin and the error in {@link RecordHeaders}. */
    public static String deadLetters(String region) {
        return PREFIX + region + ".dead-letters";
    }
}
