package io.tailrace.schemas.topic;

/** The names of a region's topics. */
public final class Topics {
    private static final String PREFIX = "tailrace.";

    private Topics() {}

    /** Every mutation of the region with both images, and catalog changes in every partition. */
    public static String mutations(String region) {
        return PREFIX + region + ".mutations";
    }

    /** A table's DynamoDB Streams records. */
    public static String stream(String region, String table) {
        return streamPrefix(region) + table;
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
