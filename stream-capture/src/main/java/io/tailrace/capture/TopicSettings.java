package io.tailrace.capture;

import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.stream.StreamOptions;
import java.time.Duration;
import java.util.Objects;

/**
 * How a region's topics are created. The number of partitions of mutations and commands holds for good, of a stream as long as
 * it is enabled: it decides which partition a key belongs to. The replication of a topic that exists is its own, and the
 * retention of mutations: Kafka's tools change them.
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

    /**
     * The options of a table's stream, as of the commit that the definition is of. The number of partitions is the one that
     * counted when the stream was enabled.
     */
    public StreamOptions streamOptions(TableDefinition table) {
        return streams.with(table.tags()).withPartitions(streamPartitions(table));
    }

    /** How many partitions of its topic the table's stream uses. */
    int streamPartitions(TableDefinition table) {
        int noted = table.details().streamPartitions();
        return noted == 0 ? streams.partitions() : noted;
    }
}
