package io.tailrace.benchmarks.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.benchmarks.core.Sample;
import java.util.Arrays;
import java.util.Iterator;
import org.junit.jupiter.api.Test;

/** What is measured begins with the last look before the work counts, and all that is done from then on is counted. */
final class ProgressionTest {
    @Test
    void beginsWithTheLastLookBeforeTheWorkCounts() throws Exception {
        assertThat(measure(10, 100, 0, 0, 9, 10, 60, 100).operations()).isEqualTo(91);
    }

    @Test
    void countsAllWhenItIsDoneBetweenTwoLooks() throws Exception {
        Sample sample = measure(10, 100, 0, 100);

        assertThat(sample.operations()).isEqualTo(100);
        assertThat(sample.wallNanos()).isPositive();
    }

    @Test
    void refusesToLeaveOutAllOrNothing() {
        assertThatThrownBy(() -> measure(0, 100, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> measure(101, 100, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Sample measure(long unmeasured, long total, long... looks) throws InterruptedException {
        Iterator<Long> done = Arrays.stream(looks).boxed().iterator();
        return Progression.measure(unmeasured, total, done::next);
    }
}
