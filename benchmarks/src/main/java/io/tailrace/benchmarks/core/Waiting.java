package io.tailrace.benchmarks.core;

import java.util.concurrent.locks.LockSupport;

/** Waits for a moment of the JVM's nanosecond clock: load that comes by the clock has to. */
public final class Waiting {
    private Waiting() {}

    /** @throws InterruptedException when the thread is interrupted meanwhile */
    public static void until(long nanoTime) throws InterruptedException {
        for (long rest = nanoTime - System.nanoTime(); rest > 0; rest = nanoTime - System.nanoTime()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(rest);
        }
    }
}
