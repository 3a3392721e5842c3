package io.tailrace.capture;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.Assertions;

/** Waits for conditions with limits that a starved machine keeps. */
final class Await {
    static final Duration LIMIT = Duration.ofSeconds(100);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Await() {}

    /** Returns when the condition holds; fails after {@link #LIMIT}. */
    static void until(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - end > 0) {
                Assertions.fail("waited %s in vain for: %s", LIMIT, what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
