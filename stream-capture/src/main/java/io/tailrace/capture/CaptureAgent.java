package io.tailrace.capture;

import io.tailrace.capture.CaptureStatus.State;
import io.tailrace.engine.journal.JournalCorruptException;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalReader;
import io.tailrace.engine.journal.JournalTruncatedException;
import io.tailrace.schemas.serde.TailraceSerdes;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Capture step by step: one session after the other, each from what the one before knew, and a checkpoint now and then.
 * {@link StreamCapture} has a thread that takes the steps; a simulation takes them itself. The steps belong to one thread, what is
 * asked of it to any.
 */
final class CaptureAgent {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureAgent.class);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);

    private final CaptureConfig config;
    private final CaptureSource source;
    private final CaptureMetrics metrics;
    private final KafkaAccess kafka;
    private final CheckpointFile checkpointFile;
    private final RecordFactory records;
    private final CapturedSequence captured = new CapturedSequence();
    private final Map<TopicPartition, PartitionTail> tails = new ConcurrentHashMap<>();

    private Optional<Checkpoint> checkpoint = Optional.empty();
    private long lastCheckpointNanos;
    private long noted;
    private volatile long notedSequence;
    private volatile State state = State.STARTING;
    private volatile String lastError;
    private volatile CaptureSession session;
    /** When the oldest commit that is not captured was committed, as far as known while there is no session. */
    private volatile Instant waitingSince;

    private volatile boolean closing;

    CaptureAgent(CaptureConfig config, CaptureSource source, CaptureMetrics metrics, KafkaAccess kafka) {
        this.config = config;
        this.source = source;
        this.metrics = metrics;
        this.kafka = kafka;
        this.checkpointFile = new CheckpointFile(config.checkpointFile(), source.steps());
        this.records = new RecordFactory(
                config.region(),
                config.topics(),
                TailraceSerdes.withRegistryUrl(config.registryUrl()).framing());
    }

    CapturedSequence captured() {
        return captured;
    }

    Map<TopicPartition, PartitionTail> tails() {
        return tails;
    }

    State state() {
        return state;
    }

    /** What the checkpoint on the disk says; a start goes on from there, and needs the journal from there on. */
    long notedSequence() {
        return notedSequence;
    }

    String lastError() {
        return lastError;
    }

    /** Null while there is none. */
    CaptureSession session() {
        return session;
    }

    Instant waitingSince() {
        return waitingSince;
    }

    /** The first step. Without a checkpoint capture goes on from what Kafka has. */
    void readCheckpoint() {
        try {
            checkpoint = checkpointFile.read();
            notedSequence = checkpoint.map(Checkpoint::capturedSequence).orElse(0L);
        } catch (UncheckedIOException failure) {
            noteError(failure);
        }
    }

    /** Begins a session; whether that succeeded. */
    boolean connect() throws InterruptedException {
        CaptureSession next = null;
        try {
            next = new CaptureSession(config, source, records, metrics, kafka, tails);
            next.connect(checkpoint, captured::set);
            noteBeginning(next);
            session = next;
            state = State.RUNNING;
            lastCheckpointNanos = kafka.nanoTime().getAsLong();
            noted = captured.get();
            return true;
        } catch (Exception
                | Error failure) { // the boundary of capture: any failure ends the session, none ends capture
            end(next, failure);
            return false;
        }
    }

    /** Moves an entry, or waits a moment for one; whether the session lives on. */
    boolean doWork() throws InterruptedException {
        CaptureSession current = session;
        try {
            current.doWork();
            if (captured.get() != noted
                    && kafka.nanoTime().getAsLong() - lastCheckpointNanos
                            > config.flow().checkpointInterval().toNanos()) {
                noted = captured.get();
                note(current, false);
                lastCheckpointNanos = kafka.nanoTime().getAsLong();
            }
            return true;
        } catch (Exception | Error failure) { // as above
            end(current, failure);
            return false;
        }
    }

    /** Ends the session, if there is one; nothing is captured any more. */
    void finish(boolean abandoned) throws InterruptedException {
        CaptureSession current = session;
        if (current == null) {
            return;
        }
        try {
            if (!abandoned) {
                boolean responsive =
                        current.stalledFor().compareTo(config.flow().stalledAfter()) < 0;
                note(current, current.drain(responsive ? DRAIN_LIMIT : Duration.ZERO));
            }
        } finally {
            end(current, null);
        }
    }

    /** What fails from now on fails because capture is closed. */
    void close() {
        closing = true;
        kafka.calls().close();
    }

    /** After a failure beside or behind a session's own, of want of memory for example. */
    void failed(Throwable failure) {
        session = null;
        noteError(failure);
        state = State.DEGRADED;
    }

    void stopped() {
        state = State.STOPPED;
    }

    /** @param failure null when there was none */
    private void end(CaptureSession ended, Throwable failure) throws InterruptedException {
        session = null;
        Thread.interrupted(); // Kafka's InterruptException interrupts again, and what follows must be done undisturbed
        if (ended != null) {
            ended.close();
            checkpoint = ended.snapshot().or(() -> checkpoint);
        }
        if (failure instanceof InterruptedException interrupt) {
            throw interrupt;
        }
        if (failure != null && !closing) {
            noteError(failure);
            state = needsSomeone(failure) ? State.FAILED : State.DEGRADED;
        }
        noteWaiting(checkpoint);
    }

    /**
     * From the first send on, a clean checkpoint says too much: a process that is killed may leave requests behind it. Without any
     * the next start waits until the topics stand still.
     */
    private void noteBeginning(CaptureSession current) {
        if (checkpoint.map(Checkpoint::clean).orElse(false) && !note(current, false)) {
            checkpointFile.delete();
        }
    }

    /** A checkpoint that cannot be written costs time at the next start, no more. */
    private boolean note(CaptureSession current, boolean clean) {
        Checkpoint snapshot = current.snapshot().orElse(null);
        if (snapshot == null) {
            return false;
        }
        try {
            checkpointFile.write(
                    new Checkpoint(snapshot.capturedSequence(), snapshot.catalog(), snapshot.acknowledged(), clean));
            notedSequence = snapshot.capturedSequence();
            return true;
        } catch (UncheckedIOException failure) {
            noteError(failure);
            return false;
        }
    }

    private void noteError(Throwable failure) {
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
    private void noteWaiting(Optional<Checkpoint> known) {
        long next = known.map(Checkpoint::capturedSequence).orElse(0L) + 1;
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

    private static boolean needsSomeone(Throwable failure) {
        return failure instanceof CaptureException
                || failure instanceof JournalCorruptException
                || failure instanceof JournalTruncatedException;
    }
}
