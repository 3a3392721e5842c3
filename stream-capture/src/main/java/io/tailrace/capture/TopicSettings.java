package io.tailrace.capture;

import java.time.Duration;
import java.util.Objects;

/**
 * How a region's topics are created. Partition counts hold for good: they decide which partition a key belongs to.
 * Retention and replication of a topic that exists are its own: Kafka's tools change them.
 *
 * @param partitions of mutations, commands and dead letters
 * @param streamPartitions of each table's stream topic
 * @param mutationsRetention how long mutations wait for processors, counted from their arrival in Kafka
 * @param streamRetention how long stream records can be read, counted from their commit. (Developer Guide, "Change data
 *     capture for DynamoDB Streams": 24 hours.)
 */
public record TopicSettings(
        int partitions,
        int streamPartitions,
        short replicationFactor,
        Duration mutationsRetention,
        Duration streamRetention) {
    public static final TopicSettings DEFAULT =
            new TopicSettings(4, 4, (short) 1, Duration.ofDays(7), Duration.ofHours(24));

    public TopicSettings {
        Objects.requireNonNull(mutationsRetention);
        Objects.requireNonNull(streamRetention);
        if (partitions < 1 || streamPartitions < 1 || replicationFactor < 1) {
            throw new IllegalArgumentException("partitions " + partitions + ", stream partitions " + streamPartitions
                    + ", replication factor " + replicationFactor);
        }
    }

    public TopicSettings withPartitions(int count) {
        return new TopicSettings(count, streamPartitions, replicationFactor, mutationsRetention, streamRetention);
    }

    public TopicSettings withStreamPartitions(int count) {
        return new TopicSettings(partitions, count, replicationFactor, mutationsRetention, streamRetention);
    }

    public TopicSettings withReplicationFactor(int factor) {
        return new TopicSettings(partitions, streamPartitions, (short) factor, mutationsRetention, streamRetention);
    }

    public TopicSettings withRetention(Duration mutations, Duration streams) {
        return new TopicSettings(partitions, streamPartitions, replicationFactor, mutations, streams);
    }
}
