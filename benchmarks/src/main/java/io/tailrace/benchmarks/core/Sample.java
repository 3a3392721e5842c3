package io.tailrace.benchmarks.core;

import org.HdrHistogram.Histogram;

/**
 * What one side did in one round.
 *
 * @param operations done between the first and the last look at the clocks
 * @param cpuNanos user and system time of the process under test
 * @param latencyNanos of single operations; null where none are timed
 */
public record Sample(long operations, long wallNanos, long cpuNanos, Histogram latencyNanos) {
    public Sample {
        if (operations < 1 || wallNanos < 1) {
            throw new IllegalArgumentException(
                    "nothing was measured: " + operations + " operations in " + wallNanos + " ns");
        }
    }
}
