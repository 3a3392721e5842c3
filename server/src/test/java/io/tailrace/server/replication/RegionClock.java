package io.tailrace.server.replication;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A region's clock: it is some seconds wrong, and jumps. */
final class RegionClock extends Clock {
    private final AtomicReference<Instant> now;

    RegionClock(Instant start) {
        now = new AtomicReference<>(start);
    }

    /** @param duration may be negative */
    void move(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("a region's clock has no zone");
    }
}
