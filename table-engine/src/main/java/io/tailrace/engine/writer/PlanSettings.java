package io.tailrace.engine.writer;

import io.tailrace.engine.limits.Limits;
import io.tailrace.schemas.stream.StreamOptions;
import java.time.Duration;
import java.util.Objects;

/**
 * Settings that plans depend on.
 *
 * @param tableTransition how long a table is being created, updated or deleted; zero for no time at all
 * @param maxItemCollectionBytes what the items of one partition key may take in a table with local secondary indexes
 * @param streams of tables whose tags say nothing else
 * @param timeToLiveInterval between two changes of a table's time to live, at least; zero for any
 * @param replicaSourceHold for how long a replica from which another one was made cannot be deleted, as long as that one is
 *     there; zero for no time at all
 */
public record PlanSettings(
        Duration tableTransition,
        long maxItemCollectionBytes,
        StreamOptions streams,
        Duration timeToLiveInterval,
        Duration replicaSourceHold) {
    /** As DynamoDB has them, but without delays. */
    public static final PlanSettings DEFAULT = new PlanSettings(
            Duration.ZERO, Limits.MAX_ITEM_COLLECTION_BYTES, StreamOptions.DEFAULT, Duration.ZERO, Duration.ZERO);

    public PlanSettings {
        if (tableTransition.isNegative()) {
            throw new IllegalArgumentException("table transitions of " + tableTransition);
        }
        Objects.requireNonNull(streams);
        if (timeToLiveInterval.isNegative() || replicaSourceHold.isNegative()) {
            throw new IllegalArgumentException("intervals of " + timeToLiveInterval + ", " + replicaSourceHold);
        }
        if (maxItemCollectionBytes < 1) {
            throw new IllegalArgumentException("item collections of " + maxItemCollectionBytes + " bytes");
        }
    }

    public PlanSettings withMaxItemCollectionBytes(long bytes) {
        return new PlanSettings(tableTransition, bytes, streams, timeToLiveInterval, replicaSourceHold);
    }

    public PlanSettings withTableTransition(Duration duration) {
        return new PlanSettings(duration, maxItemCollectionBytes, streams, timeToLiveInterval, replicaSourceHold);
    }

    public PlanSettings withStreams(StreamOptions options) {
        return new PlanSettings(
                tableTransition, maxItemCollectionBytes, options, timeToLiveInterval, replicaSourceHold);
    }

    public PlanSettings withTimeToLiveInterval(Duration interval) {
        return new PlanSettings(tableTransition, maxItemCollectionBytes, streams, interval, replicaSourceHold);
    }

    public PlanSettings withReplicaSourceHold(Duration hold) {
        return new PlanSettings(tableTransition, maxItemCollectionBytes, streams, timeToLiveInterval, hold);
    }
}
