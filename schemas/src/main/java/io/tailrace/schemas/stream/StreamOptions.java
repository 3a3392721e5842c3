package io.tailrace.schemas.stream;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * How a table's stream topic looks. The settings of the server say it for all tables; a table's tags ({@link StreamTag})
 * override them for it.
 *
 * @param format of the values of records that are written from now on
 * @param tombstones whether the removal of an item is followed by a record without a value, for compaction
 * @param partitions of the topic
 * @param retention for how long records can be read, counted from their commit
 */
public record StreamOptions(StreamFormat format, boolean tombstones, int partitions, Duration retention) {
    public static final int MAX_PARTITIONS = 1024;
    public static final Duration MIN_RETENTION = Duration.ofMinutes(1);
    public static final Duration MAX_RETENTION = Duration.ofDays(3650);

    /** As DynamoDB's streams are: records for 24 hours. (Developer Guide, "Change data capture for DynamoDB Streams".) */
    public static final StreamOptions DEFAULT = new StreamOptions(StreamFormat.AVRO, false, 4, Duration.ofHours(24));

    public StreamOptions {
        Objects.requireNonNull(format);
        Objects.requireNonNull(retention);
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            throw new IllegalArgumentException(partitions + " partitions");
        }
    }

    public StreamOptions withFormat(StreamFormat newFormat) {
        return new StreamOptions(newFormat, tombstones, partitions, retention);
    }

    public StreamOptions withTombstones(boolean wanted) {
        return new StreamOptions(format, wanted, partitions, retention);
    }

    public StreamOptions withPartitions(int count) {
        return new StreamOptions(format, tombstones, count, retention);
    }

    public StreamOptions withRetention(Duration newRetention) {
        return new StreamOptions(format, tombstones, partitions, newRetention);
    }

    /**
     * These options as a table with these tags has them. A value that is not allowed, which a table can only have from a time
     * when it was not looked at, counts as none.
     */
    public StreamOptions with(Map<String, String> tags) {
        StreamOptions options = this;
        if (tags.isEmpty()) {
            return options;
        }
        for (StreamTag tag : StreamTag.values()) {
            String value = tags.get(tag.key());
            if (value != null) {
                options = tag.set(options, value).orElse(options);
            }
        }
        return options;
    }
}
