package io.tailrace.capture;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.capture.CaptureStatus.State;
import io.tailrace.engine.ReplicationBarrier;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.journal.JournalCorruptException;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalReader;
import io.tailrace.engine.journal.JournalTruncatedException;
import io.tailrace.engine.step.StepListener;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.topic.Topics;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
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
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);

    private final CaptureConfig config;
    private final CaptureSource source;
    private final Clock clock;
    private final CheckpointFile checkpointFile;
    private final RecordFactory records;
    private final CaptureMetrics metrics;
    private final CapturedSequence captured = new CapturedSequence();
    private final InterruptibleSection kafkaCalls = new InterruptibleSection();
    private final Map<TopicPartition, PartitionTail> tails = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private volatile State state = State.STARTING;
    private volatile String lastError;
    private volatile CaptureSession session;
    /** When the oldest commit that is not captured was committed, as far as known while there is no session. */
    private volatile Instant waitingSince;
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
        this.checkpointFile = new CheckpointFile(config.checkpointFile(), source.steps());
        this.records = new RecordFactory(
                config.region(),
                config.topics(),
                TailraceSerdes.withRegistryUrl(config.registryUrl()).framing());
        this.metrics = new CaptureMetrics(
                meters,
                config.region(),
                CaptureMeter.RECORDS_SENT,
                CaptureMeter.BYTES_SENT,
                CaptureMeter.RECORDS_SKIPPED,
                CaptureMeter.ERRORS,
                CaptureMeter.UNEXPECTED_OFFSETS);
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
        return captured.get();
    }

    @Override
    public PartitionTail tail(TopicPartition partition) {
        return tails.get(partition);
    }

    /** @throws IllegalStateException when capture is closed meanwhile */
    @Override
    public void await(long sequence) throws InterruptedException {
        captured.await(sequence);
    }

    /**
     * Completes when Kafka has all records of the commits up to this one, with where the mutations topic ended then: behind
     * those records, and perhaps some later ones. It is cancelled when capture is closed before; it may never complete, so
     * whoever waits has a limit, and cancels.
     *
     * @return offsets by partition
     */
    public CompletableFuture<Map<Integer, Long>> whenCaptured(long sequence) {
        CompletableFuture<Void> reached = captured.whenReached(sequence);
        CompletableFuture<Map<Integer, Long>> ends = reached.thenApply(none -> mutationEnds());
        ends.whenComplete((result, failure) -> reached.cancel(false));
        return ends;
    }

    private Map<Integer, Long> mutationEnds() {
        CaptureSession current = session;
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
        State now = state;
        CaptureSession current = session;
        String error = lastError;
        if (now == State.RUNNING && current != null) {
            Duration stalled = current.stalledFor();
            if (stalled.compareTo(config.flow().stalledAfter()) >= 0) {
                now = State.DEGRADED;
                error = "no acknowledgement from Kafka (" + config.bootstrapServers() + ") for " + stalled.toSeconds()
                        + " s";
            }
        }
        return new CaptureStatus(now, captured.get(), lagRecords(), lagMillis(), error);
    }

    /** Waits a little for what is on its way, notes how far capture is, and stops. */
    @Override
    public void close() {
        if (thread.getState() == Thread.State.NEW) {
            state = State.STOPPED;
        } else {
            stop();
        }
        captured.close();
        metrics.close();
    }

    /** Stops like a killed process: nothing is waited for or noted. For tests of recovery. */
    void abandon() {
        abandoned = true;
        close();
    }

    private void stop() {
        closing.countDown();
        kafkaCalls.close();
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
            Optional<Checkpoint> checkpoint = readCheckpoint();
            Duration backoff = FIRST_BACKOFF;
            while (!isClosing()) {
                long started = System.nanoTime();
                checkpoint = runSession(checkpoint);
                boolean lived = Duration.ofNanos(System.nanoTime() - started).compareTo(LONGEST_BACKOFF) > 0
                        && state == State.DEGRADED;
                backoff = lived ? FIRST_BACKOFF : min(backoff.multipliedBy(2), LONGEST_BACKOFF);
                waitUnlessClosing(state == State.FAILED ? FAILED_BACKOFF : backoff);
            }
        } catch (InterruptedException interrupt) {
            LOG.warn("the capture of {} was interrupted and ends", config.region());
        } finally {
            state = State.STOPPED;
        }
    }

    /** Without a checkpoint capture goes on from what Kafka has. */
    private Optional<Checkpoint> readCheckpoint() {
        try {
            return checkpointFile.read();
        } catch (UncheckedIOException failure) {
            noteError(failure);
            return Optional.empty();
        }
    }

    /** One session, from its connection to its failure or to the end. */
    private Optional<Checkpoint> runSession(Optional<Checkpoint> known) throws InterruptedException {
        Optional<Checkpoint> latest = known;
        CaptureSession current = null;
        try {
            current = new CaptureSession(config, source, records, metrics, kafkaCalls, tails);
            current.connect(known, captured::set);
            session = current;
            state = State.RUNNING;
            work(current);
            finish(current);
        } catch (Exception failure) { // the boundary of capture: any failure ends the session, none ends capture
            if (failure instanceof InterruptedException interrupt) {
                throw interrupt;
            }
            if (!isClosing()) {
                noteError(failure);
                state = needsSomeone(failure) ? State.FAILED : State.DEGRADED;
            }
        } finally {
            session = null;
            Thread.interrupted(); // Kafka's InterruptException interrupts again, and what follows must be done
            // undisturbed
            if (current != null) {
                current.close();
                latest = current.snapshot().or(() -> known);
            }
        }
        noteWaiting(latest);
        return latest;
    }

    private void work(CaptureSession current) throws InterruptedException {
        long lastCheckpointNanos = System.nanoTime();
        long noted = captured.get();
        while (!isClosing()) {
            current.doWork();
            if (captured.get() != noted
                    && System.nanoTime() - lastCheckpointNanos
                            > config.flow().checkpointInterval().toNanos()) {
                noted = captured.get();
                note(current, false);
                lastCheckpointNanos = System.nanoTime();
            }
        }
    }

    private void finish(CaptureSession current) throws InterruptedException {
        if (!abandoned) {
            boolean responsive = current.stalledFor().compareTo(config.flow().stalledAfter()) < 0;
            note(current, current.drain(responsive ? DRAIN_LIMIT : Duration.ZERO));
        }
    }

    /** A checkpoint that cannot be written costs time at the next start, no more. */
    private void note(CaptureSession current, boolean clean) {
        current.snapshot().ifPresent(snapshot -> {
            try {
                checkpointFile.write(new Checkpoint(
                        snapshot.capturedSequence(), snapshot.catalog(), snapshot.acknowledged(), clean));
            } catch (UncheckedIOException failure) {
                noteError(failure);
            }
        });
    }

    private void noteError(Exception failure) {
        metrics.count(CaptureMeter.ERRORS, 1);
        String error = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        if (error.equals(lastError)) {
            LOG.debug("capture of {} failed again", config.region(), failure);
        } else {
            LOG.warn("capture of {} failed, and tries again: {}", config.region(), error, failure);
        }
        lastError = error;
    }

    /** Finds out since when the oldest commit waits, for the lag while there is no session. */
    private void noteWaiting(Optional<Checkpoint> checkpoint) {
        long next = checkpoint.map(Checkpoint::capturedSequence).orElse(0L) + 1;
        if (next < source.journal().firstSequence() || next > source.journal().readableSequence()) {
            waitingSince = null;
            return;
        }
        try (JournalReader reader = source.journal().openReader()) {
            reader.seek(next);
            JournalEntry entry = reader.next();
            waitingSince = entry == null ? null : entry.commitTime();
        } catch (JournalCorruptException | JournalTruncatedException unreadable) {
            LOG.debug("the age of commit {} is not known", next, unreadable);
            waitingSince = null;
        }
    }

    private static boolean needsSomeone(Exception failure) {
        return failure instanceof CaptureException
                || failure instanceof JournalCorruptException
                || failure instanceof JournalTruncatedException;
    }

    private long lagRecords() {
        return Math.max(0, source.journal().readableSequence() - captured.get());
    }

    private long lagMillis() {
        CaptureSession current = session;
        Instant oldest = current == null ? waitingSince : current.oldestOpenCommitTime();
        if (oldest == null || lagRecords() == 0) {
            return 0;
        }
        return Math.max(0, Duration.between(oldest, clock.instant()).toMillis());
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void waitUnlessClosing(Duration duration) throws InterruptedException {
        if (closing.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("capture of {} ends", config.region());
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
