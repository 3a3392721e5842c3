package io.tailrace.benchmarks.core;

import java.util.Locale;
import java.util.OptionalDouble;

/** What is told of a sample. */
public enum Figure {
    /** The one that noise of other processes reaches least. */
    CPU("CPU per operation", false),
    THROUGHPUT("operations per second", true),
    P50("p50", false),
    P99("p99", false);

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MEDIAN = 50;
    private static final double TAIL = 99;

    private final String label;
    private final boolean moreIsBetter;

    Figure(String label, boolean moreIsBetter) {
        this.label = label;
        this.moreIsBetter = moreIsBetter;
    }

    public String label() {
        return label;
    }

    public boolean moreIsBetter() {
        return moreIsBetter;
    }

    /** Operations per second, else nanoseconds; empty where the sample does not tell it. */
    public OptionalDouble of(Sample sample) {
        return switch (this) {
            case CPU ->
                sample.cpuNanos() <= 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of((double) sample.cpuNanos() / sample.operations());
            case THROUGHPUT -> OptionalDouble.of(sample.operations() * NANOS_PER_SECOND / sample.wallNanos());
            case P50 -> percentile(sample, MEDIAN);
            case P99 -> percentile(sample, TAIL);
        };
    }

    private static OptionalDouble percentile(Sample sample, double percentile) {
        return sample.latencyNanos() == null
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) sample.latencyNanos().getValueAtPercentile(percentile));
    }

    /** The value with its unit, in three or four digits. */
    public String format(double value) {
        if (this == THROUGHPUT) {
            return digits(value) + "/s";
        }
        return value < NANOS_PER_MILLI
                ? digits(value / NANOS_PER_MICRO) + " µs"
                : digits(value / NANOS_PER_MILLI) + " ms";
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }
}
