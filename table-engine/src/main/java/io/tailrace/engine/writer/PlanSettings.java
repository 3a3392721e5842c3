package io.tailrace.engine.writer;

import io.tailrace.engine.limits.Limits;
import java.time.Duration;

/**
 * Settings that plans depend on.
 *
 * @param tableTransition how long a table is being created, updated or deleted; zero for no time at all
 * @param maxItemCollectionBytes what the items of one partition key may take in a table with local secondary indexes
 */
public record PlanSettings(Duration tableTransition, long maxItemCollectionBytes) {
    /** As DynamoDB has them, but without delays. */
    public static final PlanSettings DEFAULT = new PlanSettings(Duration.ZERO, Limits.MAX_ITEM_COLLECTION_BYTES);

    public PlanSettings {
        if (tableTransition.isNegative()) {
            throw new IllegalArgumentException("table transitions of " + tableTransition);
        }
        if (maxItemCollectionBytes < 1) {
            throw new IllegalArgumentException("item collections of " + maxItemCollectionBytes + " bytes");
        }
    }

    public PlanSettings withMaxItemCollectionBytes(long bytes) {
        return new PlanSettings(tableTransition, bytes);
    }

    public PlanSettings withTableTransition(Duration duration) {
        return new PlanSettings(duration, maxItemCollectionBytes);
    }
}
