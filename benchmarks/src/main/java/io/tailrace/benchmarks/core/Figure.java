package io.tailrace.benchmarks.core;

import java.util.Locale;
import java.util.OptionalDouble;

/** What is told of a sample. */
public enum Figure {
    /** The one that noise of other processes reaches least. */
    CPU("CPU per operation", Unit.NANOS),
    THROUGHPUT("operations per second", Unit.PER_SECOND),
    P50("p50", Unit.NANOS),
    P99("p99", Unit.NANOS),
    /** Of something that happens once. */
    TIME("time", Unit.NANOS),
    /** CPU time in a stretch of time that nobody asks for anything in. */
    IDLE_CPU("CPU", Unit.CORES),
    MEMORY("resident memory", Unit.BYTES),
    DISK("disk per write", Unit.BYTES),
    SIZE("size", Unit.BYTES);

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MEDIAN = 50;
    private static final double TAIL = 99;

    private final String label;
    private final Unit unit;

    Figure(String label, Unit unit) {
        this.label = label;
        this.unit = unit;
    }

    public String label() {
        return label;
    }

    public boolean moreIsBetter() {
        return unit == Unit.PER_SECOND;
    }

    /** Operations per second, nanoseconds, bytes, or cores; empty where the sample does not tell it. */
    public OptionalDouble of(Sample sample) {
        if (sample.gauges() != null) {
            double gauge = sample.gauges().getOrDefault(this, 0.0);
            return gauge > 0 ? OptionalDouble.of(gauge) : OptionalDouble.empty();
        }
        return switch (this) {
            case CPU ->
                sample.cpuNanos() <= 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of((double) sample.cpuNanos() / sample.operations());
            case THROUGHPUT -> OptionalDouble.of(sample.operations() * NANOS_PER_SECOND / sample.wallNanos());
            case P50 -> percentile(sample, MEDIAN);
            case P99 -> percentile(sample, TAIL);
            case TIME, IDLE_CPU, MEMORY, DISK, SIZE -> OptionalDouble.empty();
        };
    }

    private static OptionalDouble percentile(Sample sample, double percentile) {
        return sample.latencyNanos() == null
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) sample.latencyNanos().getValueAtPercentile(percentile));
    }

    /** The value with its unit, in three or four digits. */
    public String format(double value) {
        return unit.format(value);
    }

    private enum Unit {
        NANOS {
            @Override
            String format(double value) {
                if (value >= NANOS_PER_SECOND) {
                    return digits(value / NANOS_PER_SECOND) + " s";
                }
                return value < 1e6 ? digits(value / 1e3) + " µs" : digits(value / 1e6) + " ms";
            }
        },
        PER_SECOND {
            @Override
            String format(double value) {
                return digits(value) + "/s";
            }
        },
        BYTES {
            @Override
            String format(double value) {
                return value < 1e5 ? digits(value) + " B" : digits(value / 1e6) + " MB";
            }
        },
        CORES {
            @Override
            String format(double value) {
                return digits(value * 100) + " %";
            }
        };

        abstract String format(double value);

        private static String digits(double value) {
            return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
        }
    }
}
