package io.tailrace.benchmarks.core;

import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What one side did in one round.
 *
 * @param operations done between the first and the last look at the clocks
 * @param cpuNanos user and system time of the process under test
 * @param latencyNanos of single operations; null where none are timed
 * @param gauges what was read off and is told instead of what follows from the others: nanoseconds, bytes, cores; null
 *     where nothing was
 */
public record Sample(
        long operations, long wallNanos, long cpuNanos, Histogram latencyNanos, Map<Figure, Double> gauges) {
    public Sample {
        if (operations < 1 || wallNanos < 1) {
            throw new IllegalArgumentException(
                    "nothing was measured: " + operations + " operations in " + wallNanos + " ns");
        }
        gauges = gauges == null ? null : Map.copyOf(gauges);
    }

    /** One whose figures all follow from the clocks. */
    public Sample(long operations, long wallNanos, long cpuNanos, Histogram latencyNanos) {
        this(operations, wallNanos, cpuNanos, latencyNanos, null);
    }

    /** This and another one of the same work, where no single operations are timed and nothing was read off. */
    public Sample plus(Sample other) {
        return new Sample(
                operations + other.operations, wallNanos + other.wallNanos, cpuNanos + other.cpuNanos, null, null);
    }

    /** The same, telling these figures and no others. */
    public Sample telling(Map<Figure, Double> figures) {
        return new Sample(operations, wallNanos, cpuNanos, latencyNanos, figures);
    }
}
