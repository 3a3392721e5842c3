package io.tailrace.engine.writer;

import io.tailrace.engine.limits.Limits;

/**
 * Settings that plans depend on.
 *
 * @param maxItemCollectionBytes what the items of one partition key may take in a table with local secondary indexes
 */
public record PlanSettings(long maxItemCollectionBytes) {
    /** As DynamoDB has them. */
    public static final PlanSettings DEFAULT = new PlanSettings(Limits.MAX_ITEM_COLLECTION_BYTES);

    public PlanSettings {
        if (maxItemCollectionBytes < 1) {
            throw new IllegalArgumentException("item collections of " + maxItemCollectionBytes + " bytes");
        }
    }

    public PlanSettings withMaxItemCollectionBytes(long bytes) {
        return new PlanSettings(bytes);
    }
}
