package io.tailrace.processors.activity;

import java.time.Instant;

/** One thing that a user did. */
record Activity(String user, Instant time, String type, String page, long bytes) {
    private static final long MILLIS_PER_MINUTE = 60_000;

    long timeMillis() {
        return time.toEpochMilli();
    }

    /** The start of its minute. */
    long minuteMillis() {
        return Math.floorDiv(timeMillis(), MILLIS_PER_MINUTE) * MILLIS_PER_MINUTE;
    }
}
