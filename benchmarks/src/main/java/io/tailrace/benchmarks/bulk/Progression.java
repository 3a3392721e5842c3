package io.tailrace.benchmarks.bulk;

import io.tailrace.benchmarks.core.CpuClock;
import io.tailrace.benchmarks.core.Meter;
import io.tailrace.benchmarks.core.Sample;
import io.tailrace.benchmarks.core.Waiting;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Work in the background of which no more is known than how much of it is done. */
final class Progression {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long AWAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private Progression() {}

    /**
     * Measures from the last look at which less than a share of it was done, so that it has begun then, to its end.
     *
     * @param unmeasured operations before the measurement begins, about; at least 1
     * @param total how many there are
     * @param done how many are done by now
     */
    static Sample measure(long unmeasured, long total, LongSupplier done) throws InterruptedException {
        if (unmeasured < 1 || unmeasured > total) {
            throw new IllegalArgumentException(unmeasured + " of " + total + " operations are not to be measured");
        }
        long deadline = System.nanoTime() + LIMIT.toNanos();
        long from = 0;
        Meter meter = Meter.start(CpuClock.ofThisProcess());
        for (long now = done.getAsLong(); now < total; now = done.getAsLong()) {
            if (now < unmeasured) {
                from = now;
                meter = Meter.start(CpuClock.ofThisProcess());
            }
            requireTime(deadline, now + " of " + total + " operations");
            Waiting.until(System.nanoTime() + LOOK_NANOS);
        }
        return meter.sample(total - from);
    }

    /** Waits for something, and returns a few milliseconds after it. */
    static void await(String what, BooleanSupplier reached) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!reached.getAsBoolean()) {
            requireTime(deadline, what + ": not yet");
            Waiting.until(System.nanoTime() + AWAIT_NANOS);
        }
    }

    private static void requireTime(long deadline, String state) {
        if (System.nanoTime() - deadline > 0) {
            throw new IllegalStateException("after " + LIMIT.toMinutes() + " minutes, " + state);
        }
    }
}
