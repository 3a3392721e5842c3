package io.tailrace.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A sampled write is timed once, from its acknowledgement until it is first seen, in whatever order both are noticed. */
class VisibilityClockTest {
    private static final long MILLISECOND = 1_000_000;

    private final VisibilityClock clock = new VisibilityClock();

    @Test
    void timesFromAcknowledgementToSight() {
        clock.expect("a");
        clock.acknowledged("a", 10 * MILLISECOND);
        clock.seen("a", 15 * MILLISECOND);
        clock.seen("a", 99 * MILLISECOND);

        assertThat(clock.summary()).hasValue("p50 5.0 ms, p99 5.0 ms (1 samples)");
    }

    @Test
    void takesNoTimeWhenSeenBeforeTheAcknowledgementArrived() {
        clock.expect("a");
        clock.seen("a", 10 * MILLISECOND);
        clock.seen("a", 90 * MILLISECOND);
        clock.acknowledged("a", 20 * MILLISECOND);

        assertThat(clock.summary()).hasValue("p50 0.0 ms, p99 0.0 ms (1 samples)");
    }

    @Test
    void ignoresWhatNobodyExpects() {
        clock.seen("a", 1);
        clock.acknowledged("b", 2);

        assertThat(clock.summary()).isEmpty();
    }
}
