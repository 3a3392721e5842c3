package io.tailrace.server.demo;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * How long it takes from an acknowledged write until it is seen elsewhere, over a sample of the writes. What is seen
 * before its acknowledgement has reached the writer counts as no time. Safe for several threads.
 */
final class VisibilityClock {
    private static final long MAX_LATENCY_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final int PRECISION_DIGITS = 3;

    private final Histogram latencies = new ConcurrentHistogram(MAX_LATENCY_NANOS, PRECISION_DIGITS);
    private final ConcurrentMap<String, Sample> pending = new ConcurrentHashMap<>();

    /** Starts watching for {@code key}; call before the write is sent. */
    void expect(String key) {
        pending.put(key, new Sample());
    }

    /** The write was acknowledged at this {@link System#nanoTime()}. */
    void acknowledged(String key, long nanoTime) {
        Sample sample = pending.get(key);
        if (sample != null && sample.acknowledged(nanoTime)) {
            finish(key, sample);
        }
    }

    /** The write was seen at this {@link System#nanoTime()}; keys that nobody expects are ignored. */
    void seen(String key, long nanoTime) {
        Sample sample = pending.get(key);
        if (sample != null && sample.seen(nanoTime)) {
            finish(key, sample);
        }
    }

    /** A measurement made elsewhere. */
    void record(long latencyNanos) {
        latencies.recordValue(Math.min(Math.max(latencyNanos, 0), MAX_LATENCY_NANOS));
    }

    /** For people: "p50 3.1 ms, p99 12.0 ms (400 samples)", or nothing without samples. */
    Optional<String> summary() {
        Histogram copy = latencies.copy();
        if (copy.getTotalCount() == 0) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                "p50 %s, p99 %s (%,d samples)",
                millis(copy.getValueAtPercentile(50)), millis(copy.getValueAtPercentile(99)), copy.getTotalCount()));
    }

    private void finish(String key, Sample sample) {
        if (pending.remove(key, sample)) {
            record(sample.seenNanos - sample.acknowledgedNanos);
        }
    }

    private static String millis(long nanos) {
        return String.format("%.1f ms", nanos / 1e6);
    }

    /** Both moments of one write, in whatever order they come; the one who brings the second finishes. */
    private static final class Sample {
        private long acknowledgedNanos;
        private long seenNanos;
        private boolean isAcknowledged;
        private boolean isSeen;

        synchronized boolean acknowledged(long nanoTime) {
            acknowledgedNanos = nanoTime;
            isAcknowledged = true;
            return isSeen;
        }

        synchronized boolean seen(long nanoTime) {
            if (!isSeen) {
                seenNanos = nanoTime;
                isSeen = true;
            }
            return isAcknowledged;
        }
    }
}
