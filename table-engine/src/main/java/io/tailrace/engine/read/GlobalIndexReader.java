package io.tailrace.engine.read;

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

    long itemCount(int indexId);
}
