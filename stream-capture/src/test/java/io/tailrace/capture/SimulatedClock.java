package io.tailrace.capture;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is moved. */
final class SimulatedClock extends Clock {
    private final Instant start;
    private Instant now;

    SimulatedClock(Instant start) {
        this.start = start;
        this.now = start;
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    /** As {@link System#nanoTime}. */
    long nanos() {
        return Duration.between(start, now).toNanos();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
