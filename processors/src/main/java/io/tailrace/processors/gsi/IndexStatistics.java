package io.tailrace.processors.gsi;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many entries each index has in one partition, and how large they are. Written by the partition's task, read by
 * queries.
 *
 * <p>Kept in memory and counted anew from the store when a task starts: a stored count could differ from the entries after a
 * crash, because at-least-once writes the changelogs of two stores independently.
 */
final class IndexStatistics {
    /** Of one index in one partition. */
    record Count(long entries, long sizeBytes) {
        static final Count NONE = new Count(0, 0);

        Count plus(long moreEntries, long moreBytes) {
            return new Count(entries + moreEntries, sizeBytes + moreBytes);
        }
    }

    private final Map<Integer, Count> counts = new ConcurrentHashMap<>();
    private long tombstones;

    Count of(int indexId) {
        return counts.getOrDefault(indexId, Count.NONE);
    }

    /** A record took the place of another; either may be null. */
    void replaced(int indexId, byte[] before, byte[] after) {
        if (before != null) {
            count(indexId, before, -1);
        }
        if (after != null) {
            count(indexId, after, 1);
        }
    }

    void dropped(int indexId) {
        counts.remove(indexId);
    }

    boolean hasTombstones() {
        return tombstones > 0;
    }

    private void count(int indexId, byte[] record, int sign) {
        if (IndexRecord.isTombstone(record)) {
            tombstones += sign;
        } else {
            counts.merge(
                    indexId,
                    Count.NONE.plus(sign, (long) sign * IndexRecord.itemSizeBytes(record)),
                    (sum, more) -> sum.plus(more.entries(), more.sizeBytes()));
        }
    }
}
