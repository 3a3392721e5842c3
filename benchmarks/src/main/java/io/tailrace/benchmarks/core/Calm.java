package io.tailrace.benchmarks.core;

import java.time.Duration;

/** Waits until a process does no more in the background than it always does. */
public final class Calm {
    /** A window is calmer than another when it has less than this share of its CPU time. */
    private static final double CALMER = 0.9;

    private static final int WINDOWS = 3;

    private Calm() {}

    /**
     * Returns when CPU use falls no more: after so many windows in a row that were not clearly calmer than the calmest before
     * them.
     *
     * @param limit the longest wait: compilers of a JVM may go on for minutes
     */
    public static void await(CpuClock cpu, Duration window, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        double calmest = Double.MAX_VALUE;
        int since = 0;
        while (since < WINDOWS && System.nanoTime() < deadline) {
            double use = cores(cpu, window);
            since = use < calmest * CALMER ? 0 : since + 1;
            calmest = Math.min(calmest, use);
        }
    }

    /** How much of a core a process uses in this time from now on. */
    public static double cores(CpuClock cpu, Duration interval) throws InterruptedException {
        Meter meter = Meter.start(cpu);
        Waiting.until(System.nanoTime() + interval.toNanos());
        Sample passed = meter.sample(1);
        return (double) passed.cpuNanos() / passed.wallNanos();
    }
}
