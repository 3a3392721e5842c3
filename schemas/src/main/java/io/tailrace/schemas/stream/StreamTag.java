package io.tailrace.schemas.stream;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table tags that override the settings of streams for one table. Other tags may not begin with {@link #PREFIX}. */
public enum StreamTag {
    FORMAT("stream.format", "avro or json", (options, value) -> switch (value) {
        case "avro" -> Optional.of(options.withFormat(StreamFormat.AVRO));
        case "json" -> Optional.of(options.withFormat(StreamFormat.JSON));
        default -> Optional.empty();
    }),
    TOMBSTONES("stream.tombstones", "true or false", (options, value) -> switch (value) {
        case "true" -> Optional.of(options.withTombstones(true));
        case "false" -> Optional.of(options.withTombstones(false));
        default -> Optional.empty();
    }),
    PARTITIONS(
            "stream.partitions",
            "a whole number from 1 to " + StreamOptions.MAX_PARTITIONS,
            (options, value) -> partitions(value).map(options::withPartitions)),
    RETENTION(
            "stream.retention",
            "a time from 1m to 3650d, with its unit: ms, s, m, h or d",
            (options, value) -> retention(value).map(options::withRetention));

    /** What the keys of Tailrace's own tags begin with. */
    public static final String PREFIX = "tailrace:";

    private final String key;
    private final String allowed;
    private final BiFunction<StreamOptions, String, Optional<StreamOptions>> setter;

    StreamTag(String setting, String allowed, BiFunction<StreamOptions, String, Optional<StreamOptions>> setter) {
        this.key = "tailrace:" + setting; // a constant's constructor cannot see PREFIX
        this.allowed = allowed;
        this.setter = setter;
    }

    /** The tag with this key. */
    public static Optional<StreamTag> byKey(String key) {
        return Arrays.stream(values()).filter(tag -> tag.key.equals(key)).findFirst();
    }

    /** The prefix, and the name of the setting that it overrides. */
    public String key() {
        return key;
    }

    /** Which values are allowed, in words. */
    public String allowed() {
        return allowed;
    }

    public boolean allows(String value) {
        return set(StreamOptions.DEFAULT, value).isPresent();
    }

    /** The options with this tag's value; empty when the value is not allowed. */
    Optional<StreamOptions> set(StreamOptions options, String value) {
        return setter.apply(options, value);
    }

    private static Optional<Integer> partitions(String value) {
        return value.matches("[1-9][0-9]{0,3}") && Integer.parseInt(value) <= StreamOptions.MAX_PARTITIONS
                ? Optional.of(Integer.parseInt(value))
                : Optional.empty();
    }

    private static Optional<Duration> retention(String value) {
        Matcher amount = Pattern.compile("([0-9]{1,15})(ms|s|m|h|d)").matcher(value);
        if (!amount.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(amount.group(1));
        Duration retention = switch (amount.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> days(number);
        };
        return retention.compareTo(StreamOptions.MIN_RETENTION) < 0
                        || retention.compareTo(StreamOptions.MAX_RETENTION) > 0
                ? Optional.empty()
                : Optional.of(retention);
    }

    /** More days than are allowed may be more than a duration holds. */
    private static Duration days(long number) {
        return Duration.ofDays(Math.min(number, StreamOptions.MAX_RETENTION.toDays() + 1));
    }
}
