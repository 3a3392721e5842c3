package io.tailrace.processors.broker;

import io.tailrace.processors.ProcessorNotReadyException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions, with limits that suit a starved machine. */
final class Await {
    static final Duration LIMIT = Duration.ofSeconds(110);

    private static final long LOOK_EVERY_NANOS = 500_000;

    private Await() {}

    /** A processor that is not ready counts as a condition that does not hold yet. */
    static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + LIMIT + ": " + what);
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (ProcessorNotReadyException notReady) {
            return false;
        }
    }
}
