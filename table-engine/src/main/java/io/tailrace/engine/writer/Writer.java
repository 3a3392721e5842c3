package io.tailrace.engine.writer;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.engine.journal.CommandPosition;
import io.tailrace.engine.state.TableState;
import io.tailrace.engine.step.EngineStep;
import io.tailrace.engine.step.StepListener;
import java.io.IOException;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer. {@link #submit} may be called by any thread, {@link #doWork} by one: plan a batch, append it, make it durable,
 * apply it, complete its futures. While a batch is made durable the next one gathers in the queue: group commit.
 */
public final class Writer {
    private static final Logger log = LoggerFactory.getLogger(Writer.class);
    /** Bounds the memory and the time that one batch takes. */
    private static final long MAX_BATCH_BYTES = 8L << 20;

    /**
     * Settings.
     *
     * @param queueCapacity writes that may wait
     * @param maxBatchWrites writes that are made durable together, at most
     */
    public record Config(String region, int queueCapacity, int maxBatchWrites, PlanSettings plans) {
        public Config {
            Objects.requireNonNull(region);
            Objects.requireNonNull(plans);
        }
    }

    /** Who is told what the writer does. */
    public record Observers(MeterRegistry meters, StepListener steps) {
        public Observers {
            Objects.requireNonNull(meters);
            Objects.requireNonNull(steps);
        }
    }

    private final Config config;
    private final CommitLog commitLog;
    private final TableState state;
    private final Clock clock;
    private final Supplier<UUID> uuids;
    private final BlockingQueue<PendingWrite<?>> queue;
    private final WriterMetrics metrics;
    private final StepListener steps;
    private volatile Throwable failure;
    private volatile boolean closed;
    private volatile boolean abandoned;

    public Writer(
            Config config,
            CommitLog commitLog,
            TableState state,
            Clock clock,
            Supplier<UUID> uuids,
            Observers observers) {
        this.config = config;
        this.commitLog = commitLog;
        this.state = state;
        this.clock = clock;
        this.uuids = uuids;
        this.queue = new ArrayBlockingQueue<>(config.queueCapacity());
        this.metrics = new WriterMetrics(observers.meters(), config.region(), queue);
        this.steps = observers.steps();
    }

    /**
     * Puts a write into the queue.
     *
     * @param position null unless it came from the commands topic
     * @throws io.tailrace.engine.error.DynamoException when the queue is full, or the writer has stopped
     */
    public <R> CompletableFuture<R> submit(WriteOperation<R> operation, CommandPosition position) {
        refuseWhenStopped();
        PendingWrite<R> write = new PendingWrite<>(operation, position, System.nanoTime());
        if (!queue.offer(write)) {
            metrics.refused.increment();
            throw WriterErrors.queueFull(config.queueCapacity());
        }
        if (failure != null || abandoned) {
            // The writer may have looked into the queue for the last time before the write came.
            drainStopped();
        }
        return write.future();
    }

    /**
     * Does one batch, waiting for the first write.
     *
     * @return how many writes were done; 0 when none came within the time
     */
    public int doWork(long maxWaitNanos) throws InterruptedException {
        PendingWrite<?> first = queue.poll(maxWaitNanos, TimeUnit.NANOSECONDS);
        if (first == null) {
            return 0;
        }
        if (failure != null) {
            first.fail(WriterErrors.stopped(failure));
            drainStopped();
            return 1;
        }
        try (Batch batch = new Batch(state, commitLog, config, clock, uuids)) {
            return doBatch(batch, first);
        }
    }

    /** Accepts no further writes; those in the queue are still done by {@link #doWork}. */
    public void close() {
        closed = true;
    }

    /** Fails what is in the queue; for when {@link #doWork} is not called any more. */
    public void abandon() {
        closed = true;
        abandoned = true;
        drainStopped();
    }

    /** Why no write is acknowledged any more, or null. */
    public Throwable failure() {
        return failure;
    }

    public boolean isIdle() {
        return queue.isEmpty();
    }

    private int doBatch(Batch batch, PendingWrite<?> first) throws InterruptedException {
        try {
            gather(batch, first);
            commit(batch);
        } catch (InterruptedException e) {
            stop(batch, e);
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            // Errors too: a fault while a mapped file is written is an InternalError.
            log.error("The journal or the state failed: writes stop, reads go on", e);
            stop(batch, e);
            return batch.writes().size();
        }
        acknowledge(batch);
        return batch.writes().size();
    }

    private void gather(Batch batch, PendingWrite<?> first) {
        PendingWrite<?> write = first;
        while (write != null) {
            batch.plan(write);
            boolean full = batch.writes().size() >= config.maxBatchWrites() || batch.bytes() >= MAX_BATCH_BYTES;
            write = full ? null : queue.poll();
        }
        metrics.batchSize.record(batch.writes().size());
    }

    private void commit(Batch batch) throws IOException, InterruptedException {
        if (batch.entries().isEmpty()) {
            return;
        }
        steps.reached(EngineStep.APPEND_BEGINS);
        commitLog.append(batch.entries());
        commitLog.makeDurable(commitLog.lastSequence());
        steps.reached(EngineStep.APPLY_BEGINS);
        long start = System.nanoTime();
        state.apply(batch.entries());
        metrics.apply.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        steps.reached(EngineStep.APPLY_ENDS);
    }

    private void acknowledge(Batch batch) {
        long now = System.nanoTime();
        for (PendingWrite<?> write : batch.writes()) {
            (write.isRefused() ? metrics.refused : metrics.done).increment();
            metrics.latency.record(now - write.submittedNanos(), TimeUnit.NANOSECONDS);
            write.complete();
            steps.reached(EngineStep.ACKNOWLEDGED);
        }
    }

    private void stop(Batch batch, Throwable cause) {
        failure = cause;
        for (PendingWrite<?> write : batch.writes()) {
            metrics.failed.increment();
            write.fail(WriterErrors.outcomeUnknown(cause));
        }
        drainStopped();
    }

    private void refuseWhenStopped() {
        if (failure != null) {
            throw WriterErrors.stopped(failure);
        }
        if (closed) {
            throw WriterErrors.closed();
        }
    }

    private void drainStopped() {
        Throwable cause = failure;
        for (PendingWrite<?> write = queue.poll(); write != null; write = queue.poll()) {
            metrics.failed.increment();
            write.fail(cause == null ? WriterErrors.closed() : WriterErrors.stopped(cause));
        }
    }
}
