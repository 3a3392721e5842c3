package io.tailrace.benchmarks.gsi;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import org.HdrHistogram.Histogram;

/** Looks again and again for numbered items that are on their way, and knows how long each took until it was seen. */
final class Probes {
    private static final int DIGITS = 3;
    /** Between two looks: what latencies are exact to. */
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private static final long IDLE_MILLIS = 10;

    private final LongPredicate isThere;
    private final int expected;
    private final BlockingQueue<Probe> begun = new LinkedBlockingQueue<>();
    private final CompletableFuture<Histogram> latencies = new CompletableFuture<>();

    private record Probe(long number, long sentNanos) {}

    /** @param expected how many there will be */
    Probes(LongPredicate isThere, int expected) {
        this.isThere = isThere;
        this.expected = expected;
    }

    void start() {
        Thread thread = new Thread(this::run, "probes");
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on the item counts as on its way. */
    void sent(long number) {
        begun.add(new Probe(number, System.nanoTime()));
    }

    /** It cannot be told how long all of them take. */
    void failed(Throwable failure) {
        latencies.completeExceptionally(failure);
    }

    /** Returns when all were seen. */
    Histogram await(long seconds) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return latencies.get(seconds, TimeUnit.SECONDS);
        } finally {
            latencies.cancel(false);
        }
    }

    private void run() {
        try {
            Histogram seen = new Histogram(DIGITS);
            List<Probe> missing = new ArrayList<>();
            while (seen.getTotalCount() < expected && !latencies.isDone()) {
                if (missing.isEmpty()) {
                    Probe next = begun.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                    if (next != null) {
                        missing.add(next);
                    }
                } else {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                begun.drainTo(missing);
                missing.removeIf(probe -> isSeen(probe, seen));
            }
            latencies.complete(seen);
        } catch (InterruptedException | RuntimeException failure) { // the boundary of this thread
            latencies.completeExceptionally(failure);
        }
    }

    private boolean isSeen(Probe probe, Histogram seen) {
        if (!isThere.test(probe.number())) {
            return false;
        }
        seen.recordValue(Math.max(1, System.nanoTime() - probe.sentNanos()));
        return true;
    }
}
