package io.tailrace.processors.runtime;

/**
 * How long to pause before a processor that failed starts again: doubled with each failure up to a limit, and from the
 * beginning after it has been well for a while. It never gives up, because what it waits for, Kafka mostly, comes back.
 */
public final class RestartPolicy {
    static final long FIRST_PAUSE_MILLIS = 250;
    static final long MAX_PAUSE_MILLIS = 30_000;
    static final long WELL_AFTER_MILLIS = 60_000;

    private long nextPauseMillis = FIRST_PAUSE_MILLIS;

    /** The pause after a run that ended with an error {@code ranMillis} after it had begun. */
    public long pauseAfter(long ranMillis) {
        if (ranMillis >= WELL_AFTER_MILLIS) {
            nextPauseMillis = FIRST_PAUSE_MILLIS;
        }
        long pauseMillis = nextPauseMillis;
        nextPauseMillis = Math.min(MAX_PAUSE_MILLIS, nextPauseMillis * 2);
        return pauseMillis;
    }
}
