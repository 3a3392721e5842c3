package io.tailrace.engine.read;

import java.util.concurrent.CompletableFuture;

/** Reads global secondary indexes, which live outside the engine. Throws a retryable error while they are not up. */
public interface GlobalIndexReader {
    /**
     * The entries between two keys in the layout of {@code StateKeys.indexKey}, over all partitions, in key order.
     *
     * @param forward false to begin at the end
     * @param maxEntries the page has at most so many
     * @param maxBytes the page ends with the entry that makes the items' sizes reach this
     */
    IndexPage read(
            int indexId, byte[] fromInclusive, byte[] toExclusive, boolean forward, int maxEntries, long maxBytes);

    /** How much is in an index; changes that are on their way to it are not counted yet. */
    TableStatistics statistics(int indexId);

    /**
     * Completes when all indexes hold what the commits up to this one did to them. It may never do so: whoever waits has a
     * limit, and cancels.
     */
    CompletableFuture<Void> whenApplied(long sequence);
}
