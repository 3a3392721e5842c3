package io.tailrace.capture;

import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.stream.StreamOptions;
import java.time.Duration;
import java.util.Objects;

/**
 * How a region's topics are created. Partition counts hold for good: they decide which partition a key belongs to.
 * Retention and replication of a topic that exists are its own: Kafka's tools change them.
 *
 * @param partitions of mutations, commands and dead letters
 * @param mutationsRetention how long mutations wait for processors, counted from their arrival in Kafka
 * @param streams of tables whose tags say nothing else
 */
public record TopicSettings(
        int partitions, short replicationFactor, Duration mutationsRetention, StreamOptions streams) {
    public static final TopicSettings DEFAULT =
            new TopicSettings(4, (short) 1, Duration.ofDays(7), StreamOptions.DEFAULT);

    public TopicSettings {
        Objects.requireNonNull(mutationsRetention);
        Objects.requireNonNull(streams);
        if (partitions < 1 || replicationFactor < 1) {
            throw new IllegalArgumentException(
                    "partitions " + partitions + ", replication factor " + replicationFactor);
        }
    }

    public TopicSettings withPartitions(int count) {
        return new TopicSettings(count, replicationFactor, mutationsRetention, streams);
    }

    public TopicSettings withReplicationFactor(int factor) {
        return new TopicSettings(partitions, (short) factor, mutationsRetention, streams);
    }

    public TopicSettings withMutationsRetention(Duration retention) {
        return new TopicSettings(partitions, replicationFactor, retention, streams);
    }

    public TopicSettings withStreams(StreamOptions options) {
        return new TopicSettings(partitions, replicationFactor, mutationsRetention, options);
    }

    public TopicSettings withStreamPartitions(int count) {
        return withStreams(streams.withPartitions(count));
    }

    /** The options of a table's stream, as of the commit that the definition is of. */
    public StreamOptions streamOptions(TableDefinition table) {
        return streams.with(table.tags());
    }
}
