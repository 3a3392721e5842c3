package io.tailrace.engine.writer;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.journal.CommandPosition;
import io.tailrace.engine.journal.JournalFullException;
import io.tailrace.engine.state.TableState;
import io.tailrace.engine.step.EngineStep;
import io.tailrace.engine.step.StepListener;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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

    private static final long FIRST_RECOVERY_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** To 3.2 seconds. */
    private static final int MAX_RECOVERY_DOUBLINGS = 5;

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
    /** Why writes are refused; null while they are taken. */
    private volatile Throwable failure;
    /** Grows whenever accepted writes fail. */
    private final AtomicLong incarnation = new AtomicLong();

    /** The writes that came out of the queue and may be without an answer. Never grows: room for them is there. */
    private final List<PendingWrite<?>> taken;

    private int attempts;
    private long nextAttemptNanos;
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
        this.taken = new ArrayList<>(config.maxBatchWrites());
        this.metrics = new WriterMetrics(observers.meters(), config.region(), queue);
        this.steps = observers.steps();
    }

    /**
     * Puts a write into the queue.
     *
     * @throws io.tailrace.engine.error.DynamoException when the queue is full, or writes are refused
     */
    public <R> CompletableFuture<R> submit(WriteOperation<R> operation) {
        return submit(new PendingWrite<>(operation, null, 0, System.nanoTime()));
    }

    /**
     * Puts a write that came from the commands topic into the queue.
     *
     * @param expected the {@link #incarnation} as of which the caller knows which command was the last
     * @throws io.tailrace.engine.error.DynamoException when the queue is full, or writes are refused
     */
    public <R> CompletableFuture<R> submit(WriteOperation<R> operation, CommandPosition position, long expected) {
        return submit(new PendingWrite<>(operation, Objects.requireNonNull(position), expected, System.nanoTime()));
    }

    private <R> CompletableFuture<R> submit(PendingWrite<R> write) {
        refuseWhenStopped();
        if (!queue.offer(write)) {
            metrics.refused.increment();
            throw WriterErrors.queueFull(config.queueCapacity());
        }
        Throwable cause = failure;
        // The writer may have looked into the queue for the last time before the write came. The others in it may
        // be meant for a writer that works again by now.
        if ((cause != null || abandoned) && queue.remove(write)) {
            metrics.failed.increment();
            write.fail(cause == null ? WriterErrors.closed() : WriterErrors.stopped());
        }
        return write.future();
    }

    /**
     * Does one batch, waiting for the first write; after a failure, first tries to get over it.
     *
     * @return how many writes were done; 0 when none came within the time
     */
    public int doWork(long maxWaitNanos) throws InterruptedException {
        endTaken(); // what the last call could not answer
        if (failure != null && !closed) {
            recoverWhenDue();
        }
        PendingWrite<?> first = queue.poll(maxWaitNanos, TimeUnit.NANOSECONDS);
        if (first == null) {
            return 0;
        }
        taken.add(first);
        try {
            if (failure != null) {
                first.fail(WriterErrors.stopped());
                drainStopped();
                return 1;
            }
            return doBatch(first);
        } finally {
            endTaken();
        }
    }

    /** Nobody waits for ever because an answer could not be given, for want of memory say: then this is called again. */
    private void endTaken() {
        taken.forEach(PendingWrite::endUnanswered);
        taken.clear();
    }

    private int doBatch(PendingWrite<?> first) throws InterruptedException {
        try (Batch batch = new Batch(state, commitLog, config, clock, uuids)) {
            return doBatch(batch, first);
        } catch (RuntimeException | Error e) {
            // Not even a batch could be begun, or be closed: this one was all, or all are answered by now.
            incarnation.incrementAndGet();
            first.fail(WriterErrors.internal(e));
            throw e;
        }
    }

    private void recoverWhenDue() throws InterruptedException {
        if (System.nanoTime() - nextAttemptNanos < 0) {
            return;
        }
        try {
            commitLog.recover(attempts);
            failure = null;
            log.info("The journal and the state work again: writes are taken");
        } catch (IOException | RuntimeException | Error e) {
            Throwable before = failure;
            failure = e;
            long pause = FIRST_RECOVERY_PAUSE_NANOS << Math.min(attempts, MAX_RECOVERY_DOUBLINGS);
            nextAttemptNanos = System.nanoTime() + pause;
            attempts++;
            log.debug("Writes are still refused after attempt {}", attempts, e);
            if (before == null || !Objects.equals(e.getMessage(), before.getMessage())) {
                log.warn("Writes are still refused: {}", e.toString());
            }
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

    /** Grows whenever writes fail that were accepted: a command may have, and those behind it must not be done before it. */
    public long incarnation() {
        return incarnation.get();
    }

    /** Why no write is taken now, or null. */
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
        } catch (JournalFullException e) {
            refuse(batch, WriterErrors.full(e.getMessage()));
            return batch.writes().size();
        } catch (IOException | RuntimeException | Error e) {
            // Errors too: a fault while a mapped file is written is an InternalError. The log comes last: it may fail.
            stop(batch, e);
            log.error("The journal or the state failed: writes are refused, reads go on", e);
            return batch.writes().size();
        }
        acknowledge(batch);
        return batch.writes().size();
    }

    private void gather(Batch batch, PendingWrite<?> first) {
        PendingWrite<?> write = first;
        while (write != null) {
            if (write.isOfAnother(incarnation.get())) {
                metrics.failed.increment();
                write.fail(WriterErrors.commandAfterFailure());
            } else {
                batch.plan(write);
            }
            boolean full = taken.size() >= config.maxBatchWrites() || batch.bytes() >= MAX_BATCH_BYTES;
            write = full ? null : queue.poll();
            if (write != null) {
                taken.add(write);
            }
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
        attempts = 0;
        nextAttemptNanos = System.nanoTime();
        failure = cause;
        refuse(batch, WriterErrors.outcomeUnknown());
        drainStopped();
    }

    private void refuse(Batch batch, DynamoException reason) {
        incarnation.incrementAndGet();
        for (PendingWrite<?> write : batch.writes()) {
            metrics.failed.increment();
            write.fail(reason);
        }
    }

    private void refuseWhenStopped() {
        if (failure != null) {
            throw WriterErrors.stopped();
        }
        if (closed) {
            throw WriterErrors.closed();
        }
        Optional<String> full = commitLog.full();
        if (full.isPresent()) {
            metrics.failed.increment();
            throw WriterErrors.full(full.get());
        }
    }

    private void drainStopped() {
        Throwable cause = failure;
        // Out of the queue when they are answered: else none would be if that failed.
        for (PendingWrite<?> write = queue.peek(); write != null; write = queue.peek()) {
            write.fail(cause == null ? WriterErrors.closed() : WriterErrors.stopped());
            if (queue.remove(write)) {
                metrics.failed.increment();
            }
        }
    }
}
