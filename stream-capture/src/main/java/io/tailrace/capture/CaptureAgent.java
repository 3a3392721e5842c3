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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
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
    /** Not null while a loss of Kafka's keeps capture from going on. */
    private volatile TopicLoss loss;
    /** Who waits for the topics to be filled again, gap or not. */
    private final AtomicReference<CompletableFuture<Rebuild>> rebuild = new AtomicReference<>();

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

    /**
     * What the checkpoint on the disk says; a start goes on from there, and needs the journal from there on. 0 while Kafka
     * lacks what it had: then everything is needed that there is.
     */
    long notedSequence() {
        return loss == null ? notedSequence : 0;
    }

    /** Null unless capture waits for someone to do something about it. */
    TopicLoss loss() {
        return loss;
    }

    /** The next session goes on whatever is missing. A session that there is now ends with its next step. */
    CompletableFuture<Rebuild> rebuild() {
        CompletableFuture<Rebuild> mine = new CompletableFuture<>();
        CompletableFuture<Rebuild> before = rebuild.compareAndExchange(null, mine);
        return before == null ? mine : before;
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
        CompletableFuture<Rebuild> asked = rebuild.get();
        try {
            next = new CaptureSession(config, source, records, metrics, kafka, tails);
            ResumePlan plan = next.connect(
                    checkpoint,
                    asked == null ? config.dataLoss() : CaptureConfig.DataLossPolicy.CONTINUE,
                    captured::set);
            noteBeginning(next);
            loss = null;
            answer(asked, plan);
            session = next;
            state = State.RUNNING;
            lastCheckpointNanos = kafka.nanoTime().getAsLong();
            noted = captured.get();
            return true;
        } catch (Exception
                | Error failure) { // the boundary of capture: any failure ends the session, none ends capture
            refuse(asked, failure);
            end(next, failure);
            return false;
        }
    }

    private void answer(CompletableFuture<Rebuild> asked, ResumePlan plan) {
        if (asked != null) {
            rebuild.compareAndSet(asked, null);
            long from = plan.startSequence();
            long to = source.journal().readableSequence();
            asked.complete(new Rebuild(from, commitTime(from), to, commitTime(to), plan.losses(), plan.gaps()));
        }
    }

    private void refuse(CompletableFuture<Rebuild> asked, Throwable failure) {
        if (asked != null) {
            rebuild.compareAndSet(asked, null);
            asked.completeExceptionally(failure);
        }
    }

    /** Moves an entry, or waits a moment for one; whether the session lives on. */
    boolean doWork() throws InterruptedException {
        CaptureSession current = session;
        if (rebuild.get() != null) {
            return false;
        }
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
        state = State.DEGRADED;
        try {
            noteError(failure);
        } catch (OutOfMemoryError unsaid) {
            metrics.count(CaptureMeter.ERRORS, 1); // not even enough to say so
        }
    }

    void stopped() {
        state = State.STOPPED;
        CompletableFuture<Rebuild> asked = rebuild.getAndSet(null);
        if (asked != null) {
            asked.cancel(false);
        }
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
            loss = failure instanceof TopicsLostException lost ? lost.loss() : loss;
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
        boolean again = error.equals(lastError);
        lastError = error;
        if (again) {
            LOG.debug("capture of {} failed again", config.region(), failure);
        } else {
            LOG.warn("capture of {} failed, and tries again: {}", config.region(), error, failure);
        }
    }

    /** Finds out since when the oldest commit waits, for the lag while there is no session. */
    private void noteWaiting(Optional<Checkpoint> known) {
        long next = known.map(Checkpoint::capturedSequence).orElse(0L) + 1;
        waitingSince = commitTime(next);
    }

    /** Null when the journal does not have the commit. */
    private Instant commitTime(long sequence) {
        if (sequence < source.journal().firstSequence()
                || sequence > source.journal().readableSequence()) {
            return null;
        }
        try (JournalReader reader = source.journal().openReader()) {
            reader.seek(sequence);
            JournalEntry entry = reader.next();
            return entry == null ? null : entry.commitTime();
        } catch (JournalCorruptException | JournalTruncatedException unreadable) {
            LOG.debug("the age of commit {} is not known", sequence, unreadable);
            return null;
        }
    }

    private static boolean needsSomeone(Throwable failure) {
        return failure instanceof CaptureException
                || failure instanceof JournalCorruptException
                || failure instanceof JournalTruncatedException;
    }
}
