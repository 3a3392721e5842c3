package io.tailrace.processors.ttl;

/** What one partition shows to the outside; written by its task a few times a second, read by anyone. */
final class TtlFigures {
    private volatile long pending;
    private volatile long overdueMillis;

    void set(long newPending, long newOverdueMillis) {
        pending = newPending;
        overdueMillis = newOverdueMillis;
    }

    /** About how many expiries are pending, those of generations that are being forgotten included. */
    long pending() {
        return pending;
    }

    /** For how long the earliest item that is still there has been due, 0 when none is. */
    long overdueMillis() {
        return overdueMillis;
    }
}
