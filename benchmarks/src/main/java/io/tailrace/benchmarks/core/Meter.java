package io.tailrace.benchmarks.core;

import org.HdrHistogram.Histogram;

/** Wall and CPU time from a moment on. */
public final class Meter {
    private final CpuClock cpu;
    private final long startCpuNanos;
    private final long startNanos;

    private Meter(CpuClock cpu) {
        this.cpu = cpu;
        this.startCpuNanos = cpu.nanos();
        this.startNanos = System.nanoTime();
    }

    public static Meter start(CpuClock cpu) {
        return new Meter(cpu);
    }

    public Sample sample(long operations) {
        return sample(operations, null);
    }

    public Sample sample(long operations, Histogram latencyNanos) {
        long wallNanos = System.nanoTime() - startNanos;
        return new Sample(operations, wallNanos, cpu.nanos() - startCpuNanos, latencyNanos);
    }
}
