package io.tailrace.capture;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.capture.CaptureStatus.State;
import io.tailrace.engine.ReplicationBarrier;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.step.StepListener;
import io.tailrace.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tails the journal into Kafka, each mutation once and in order: into the mutations topic, and into the stream topic of its
 * table when that has a stream. One thread, one idempotent producer. While Kafka is away it tries on for ever; the journal
 * keeps what is not captured yet.
 *
 * <p>How exactly once is kept: docs/decisions/0002-exactly-once-capture.md.
 */
public final class StreamCapture implements AutoCloseable, ReplicationBarrier, StreamProgress {
    private static final Logger LOG = LoggerFactory.getLogger(StreamCapture.class);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);
    private static final Duration FAILED_BACKOFF = Duration.ofSeconds(30);

    private final CaptureConfig config;
    private final CaptureSource source;
    private final Clock clock;
    private final CaptureMetrics metrics;
    private final CountDownLatch closing = new CountDownLatch(1);
    /** A permit ends the pause before the next session. */
    private final Semaphore woken = new Semaphore(0);

    private final CaptureAgent agent;
    private final Thread thread;

    /** Whether {@link #close} leaves everything as it is, as a killed process would. */
    private volatile boolean abandoned;

    /** Not started yet. */
    public StreamCapture(TableEngine engine, CaptureConfig config, MeterRegistry meters) {
        this(engine, config, meters, StepListener.NONE);
    }

    /**
     * Not started yet.
     *
     * @param steps hears of each {@link CaptureStep}; {@link StepListener#NONE} outside of tests
     */
    public StreamCapture(TableEngine engine, CaptureConfig config, MeterRegistry meters, StepListener steps) {
        this(new CaptureSource(engine.journal(), engine::catalog, steps), config, meters, Clock.systemUTC());
    }

    StreamCapture(CaptureSource source, CaptureConfig config, MeterRegistry meters, Clock clock) {
        this.config = config;
        this.source = source;
        this.clock = clock;
        this.metrics = new CaptureMetrics(
                meters,
                config.region(),
                CaptureMeter.RECORDS_SENT,
                CaptureMeter.BYTES_SENT,
                CaptureMeter.RECORDS_SKIPPED,
                CaptureMeter.ERRORS,
                CaptureMeter.UNEXPECTED_OFFSETS);
        this.agent = new CaptureAgent(config, source, metrics, KafkaAccess.of(config));
        metrics.gauge(CaptureMeter.LAG_RECORDS, this::lagRecords);
        metrics.gauge(CaptureMeter.LAG_MILLIS, this::lagMillis);
        this.thread = new Thread(this::run, "tailrace-capture-" + config.region());
    }

    /** Starts the capture thread and returns at once; Kafka need not be there yet. */
    public void start() {
        thread.start();
    }

    /**
     * All records of the commits up to this one were acknowledged by Kafka. Grows, except when Kafka is found to have lost
     * records: then it falls back to what Kafka really has. 0 until Kafka was reached.
     */
    @Override
    public long capturedSequence() {
        return agent.captured().get();
    }

    /**
     * As {@link #capturedSequence}, as far as the checkpoint on the disk says it: after any end of the process capture goes on
     * from there, so journal files behind it must stay.
     */
    public long notedSequence() {
        return agent.notedSequence();
    }

    @Override
    public Optional<TopicLoss> loss() {
        return Optional.ofNullable(agent.loss());
    }

    @Override
    public long firstSequence() {
        return source.journal().firstSequence();
    }

    /**
     * Has the topics filled again from the journal as far as it reaches, also when something stays missing. Completes when
     * that has begun, {@link #capturedSequence} tells how far it is; with an error when Kafka is away, or is ahead of the
     * journal.
     */
    public CompletableFuture<Rebuild> rebuild() {
        CompletableFuture<Rebuild> begun = agent.rebuild();
        woken.release();
        if (isClosing()) {
            begun.cancel(false);
        }
        return begun;
    }

    @Override
    public PartitionTail tail(TopicPartition partition) {
        return agent.tails().get(partition);
    }

    /** @throws IllegalStateException when capture is closed meanwhile */
    @Override
    public void await(long sequence) throws InterruptedException {
        agent.captured().await(sequence);
    }

    /**
     * Completes when Kafka has all records of the commits up to this one, with where the mutations topic ended then: behind
     * those records, and perhaps some later ones. It is cancelled when capture is closed before; it may never complete, so
     * whoever waits has a limit, and cancels.
     *
     * @return offsets by partition
     */
    public CompletableFuture<Map<Integer, Long>> whenCaptured(long sequence) {
        CompletableFuture<Void> reached = agent.captured().whenReached(sequence);
        CompletableFuture<Map<Integer, Long>> ends = reached.thenApply(none -> mutationEnds());
        ends.whenComplete((result, failure) -> reached.cancel(false));
        return ends;
    }

    private Map<Integer, Long> mutationEnds() {
        CaptureSession current = agent.session();
        Checkpoint known = current == null ? null : current.snapshot().orElse(null);
        if (known == null) {
            throw new IllegalStateException("Kafka is away");
        }
        String topic = Topics.mutations(config.region());
        Map<Integer, Long> ends = new HashMap<>();
        known.acknowledged().forEach((partition, last) -> {
            if (partition.topic().equals(topic)) {
                ends.put(partition.partition(), last.offset() + 1);
            }
        });
        return ends;
    }

    public CaptureStatus status() {
        State now = agent.state();
        CaptureSession current = agent.session();
        String error = agent.lastError();
        if (now == State.RUNNING && current != null) {
            Duration stalled = current.stalledFor();
            if (stalled.compareTo(config.flow().stalledAfter()) >= 0) {
                now = State.DEGRADED;
                error = "no acknowledgement from Kafka (" + config.bootstrapServers() + ") for " + stalled.toSeconds()
                        + " s";
            }
        }
        return new CaptureStatus(now, agent.captured().get(), lagRecords(), lagMillis(), error);
    }

    /** Waits a little for what is on its way, notes how far capture is, and stops. */
    @Override
    public void close() {
        if (thread.getState() == Thread.State.NEW) {
            agent.stopped();
        } else {
            stop();
        }
        agent.captured().close();
        metrics.close();
    }

    /** Stops like a killed process: nothing is waited for or noted. For tests of recovery. */
    void abandon() {
        abandoned = true;
        close();
    }

    private void stop() {
        closing.countDown();
        woken.release();
        agent.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException interrupt) {
                interrupted = true; // the journal's reader is the thread's own and must be closed before the engine is
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            agent.readCheckpoint();
            Duration backoff = FIRST_BACKOFF;
            while (!isClosing()) {
                long started = System.nanoTime();
                runSession();
                boolean lived = Duration.ofNanos(System.nanoTime() - started).compareTo(LONGEST_BACKOFF) > 0
                        && agent.state() == State.DEGRADED;
                backoff = lived ? FIRST_BACKOFF : min(backoff.multipliedBy(2), LONGEST_BACKOFF);
                waitUnlessClosing(agent.state() == State.FAILED ? FAILED_BACKOFF : backoff);
            }
        } catch (InterruptedException interrupt) {
            LOG.warn("the capture of {} was interrupted and ends", config.region());
        } finally {
            agent.stopped();
        }
    }

    /** One session, from its connection to its failure or to the end. */
    private void runSession() throws InterruptedException {
        try {
            boolean connected = agent.connect();
            while (connected && !isClosing()) {
                connected = agent.doWork();
            }
            agent.finish(abandoned);
        } catch (RuntimeException | Error failure) {
            // Not even the end of a session could be done; without memory for it now, there may be enough for the next
            // one.
            agent.failed(failure);
        }
    }

    private long lagRecords() {
        return Math.max(
                0, source.journal().readableSequence() - agent.captured().get());
    }

    private long lagMillis() {
        CaptureSession current = agent.session();
        Instant oldest = current == null ? agent.waitingSince() : current.oldestOpenCommitTime();
        if (oldest == null || lagRecords() == 0) {
            return 0;
        }
        return Math.max(0, Duration.between(oldest, clock.instant()).toMillis());
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void waitUnlessClosing(Duration duration) throws InterruptedException {
        if (woken.tryAcquire(duration.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("capture of {} goes on at once, or ends", config.region());
            woken.drainPermits();
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
