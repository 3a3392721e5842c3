package io.tailrace.processors.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Proves that queries see partitions only between opening and closing, and notice an exchange. */
class LivePartitionsTest {
    private final LivePartitions<String> live = new LivePartitions<>();

    @Test
    void thoseThatAreOpenAreSeen() {
        live.open(0, "a");
        assertThat(live.among(0, 1)).containsOnlyKeys(0);
        live.open(1, "b");
        live.open(2, "c");
        assertThat(live.among(0, 1)).containsOnlyKeys(0, 1);
        assertThat(live.of(1).orElseThrow().view()).isEqualTo("b");
    }

    @Test
    void aPartitionThatWasOpenedAgainIsAnotherOne() {
        long first = live.open(0, "a");
        var before = live.of(0);
        live.close(0, first);
        assertThat(live.of(0)).isEmpty();
        live.open(0, "a");
        assertThat(live.of(0)).isPresent().isNotEqualTo(before);
    }

    @Test
    void aLateCloseOfAFormerTaskChangesNothing() {
        long first = live.open(0, "a");
        live.open(0, "b");
        live.close(0, first);
        assertThat(live.of(0).orElseThrow().view()).isEqualTo("b");
    }

    @Test
    void clearingHidesAll() {
        live.open(0, "a");
        live.clear();
        assertThat(live.of(0)).isEmpty();
    }

    @Test
    void waitingEndsWithAnOpeningOrTheTimeout() throws InterruptedException {
        long seen = live.openings();
        live.open(0, "a");
        live.awaitOpening(seen, TimeUnit.MINUTES.toNanos(1));
        live.awaitOpening(live.openings(), 1);
        assertThat(live.openings()).isEqualTo(seen + 1);
    }
}
