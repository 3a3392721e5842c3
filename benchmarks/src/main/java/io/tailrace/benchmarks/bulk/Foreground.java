package io.tailrace.benchmarks.bulk;

import io.tailrace.benchmarks.core.Waiting;
import io.tailrace.benchmarks.data.Items;
import io.tailrace.benchmarks.data.Table;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;

/** Writes of an application that come by the clock beside other work. Latency counts from when a write was due. */
final class Foreground implements AutoCloseable {
    static final int KEYS = 1_000;
    static final int WRITES_PER_SECOND = 200;

    private static final int DIGITS = 3;
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1) / WRITES_PER_SECOND;

    private record Write(long dueNanos, long tookNanos) {}

    private final Table table;
    private final Items items;
    private final Queue<Write> answered = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "foreground writes");

    private Foreground(Table table, Items items) {
        this.table = table;
        this.items = items;
    }

    /** Makes the items that are written to. */
    static void fill(Table table, Items items) {
        table.fill(items, "live", KEYS);
    }

    static Foreground start(Table table, Items items) {
        Foreground writes = new Foreground(table, items);
        writes.thread.start();
        return writes;
    }

    /** The latencies while nothing else is done. */
    static Histogram quiet(Table table, Items items, Duration duration) throws InterruptedException {
        try (Foreground writes = start(table, items)) {
            long start = System.nanoTime();
            Waiting.until(start + duration.toNanos());
            return writes.latencies(start);
        }
    }

    private void run() {
        try {
            long due = System.nanoTime();
            for (long number = 0; !Thread.currentThread().isInterrupted(); number++, due += INTERVAL_NANOS) {
                Waiting.until(due);
                long dueNanos = due;
                table.put(items.item("live-" + number % KEYS, number))
                        .thenRun(() -> answered.add(new Write(dueNanos, System.nanoTime() - dueNanos)))
                        .exceptionally(failed -> {
                            failure.compareAndSet(null, failed);
                            return null;
                        });
            }
        } catch (InterruptedException closed) {
            return;
        } catch (RuntimeException refused) { // the boundary of the thread: who asks for the latencies is told
            failure.compareAndSet(null, refused);
        }
    }

    /** Of the writes that were due from a moment on and were answered; waits for one if there is none. */
    Histogram latencies(long sinceNanos) throws InterruptedException {
        Progression.await("a write is answered", () -> {
            Throwable failed = failure.get();
            if (failed != null) {
                throw new IllegalStateException("a foreground write failed", failed);
            }
            return answered.stream().anyMatch(write -> write.dueNanos() - sinceNanos >= 0);
        });
        Histogram latencies = new Histogram(DIGITS);
        answered.stream()
                .filter(write -> write.dueNanos() - sinceNanos >= 0)
                .forEach(write -> latencies.recordValue(write.tookNanos()));
        return latencies;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
