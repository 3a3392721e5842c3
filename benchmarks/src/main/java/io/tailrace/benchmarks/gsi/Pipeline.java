package io.tailrace.benchmarks.gsi;

import io.tailrace.benchmarks.core.Waiting;
import io.tailrace.capture.CaptureConfig;
import io.tailrace.processors.ProcessorConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes what is in a region's mutations topic through a repartition topic into a store with a changelog. */
interface Pipeline extends AutoCloseable {
    long LIMIT_SECONDS = 120;
    long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** As the server has it when nothing is configured. */
    int THREADS = 1;

    /** Returns at once. */
    void start();

    /** How many records are in the store; 0 until it can be read. */
    long taken();

    /** Whether a reader of the store finds what was made of the item with this number. */
    boolean has(long number);

    /** How it is, for people. */
    String status();

    @Override
    void close();

    /** Returns when so many records are in the store. */
    default void awaitTaken(long count) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (taken() < count) {
            requireBefore(deadline);
            Waiting.until(System.nanoTime() + POLL_NANOS);
        }
    }

    /** @throws TimeoutException when the deadline, of the JVM's nanosecond clock, is over */
    default void requireBefore(long deadline) throws TimeoutException {
        if (System.nanoTime() - deadline > 0) {
            throw new TimeoutException("records are missing: " + taken() + " came; " + status());
        }
    }

    /** For a processor on the topics that capture makes. */
    static ProcessorConfig config(CaptureConfig region, Path stateDir) {
        return new ProcessorConfig(
                region.bootstrapServers(),
                region.region(),
                stateDir,
                region.topics().partitions(),
                null,
                THREADS,
                0,
                Map.of());
    }
}
