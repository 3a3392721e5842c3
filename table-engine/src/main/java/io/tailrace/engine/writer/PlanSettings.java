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
 */
public record PlanSettings(Duration tableTransition, long maxItemCollectionBytes, StreamOptions streams) {
    /** As DynamoDB has them, but without delays. */
    public static final PlanSettings DEFAULT =
            new PlanSettings(Duration.ZERO, Limits.MAX_ITEM_COLLECTION_BYTES, StreamOptions.DEFAULT);

    public PlanSettings {
        if (tableTransition.isNegative()) {
            throw new IllegalArgumentException("table transitions of " + tableTransition);
        }
        Objects.requireNonNull(streams);
        if (maxItemCollectionBytes < 1) {
            throw new IllegalArgumentException("item collections of " + maxItemCollectionBytes + " bytes");
        }
    }

    public PlanSettings withMaxItemCollectionBytes(long bytes) {
        return new PlanSettings(tableTransition, bytes, streams);
    }

    public PlanSettings withTableTransition(Duration duration) {
        return new PlanSettings(duration, maxItemCollectionBytes, streams);
    }

    public PlanSettings withStreams(StreamOptions options) {
        return new PlanSettings(tableTransition, maxItemCollectionBytes, options);
    }
}
