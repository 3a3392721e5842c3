package io.tailrace.capture;

import io.tailrace.engine.catalog.Catalog;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Which commits are on their way to Kafka. The capture thread adds, the producer's thread acknowledges. A commit counts as
 * captured when all of its records and all earlier commits are acknowledged.
 */
final class CommitTracker {
    /** A commit on its way; belongs to its tracker. */
    static final class Commit {
        private final long sequence;
        private final Instant commitTime;
        private final List<CatalogChange> catalogChanges = new ArrayList<>();
        /** Records not acknowledged, and one more until all are sent. */
        private int pending = 1;

        private Commit(long sequence, Instant commitTime) {
            this.sequence = sequence;
            this.commitTime = commitTime;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Commit> open = new ArrayDeque<>();
    private final Map<TopicPartition, Checkpoint.Acknowledged> acknowledged;
    private final LongConsumer onCaptured;
    private final LongSupplier nanoTime;

    private long capturedSequence;
    private Catalog capturedCatalog;
    private int inFlightRecords;
    private long inFlightBytes;
    private long lastProgressNanos;
    private RuntimeException failure;

    /**
     * @param start where this begins; its {@code clean} does not matter
     * @param nanoTime as {@link System#nanoTime}
     */
    CommitTracker(Checkpoint start, LongConsumer onCaptured, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.capturedSequence = start.capturedSequence();
        this.capturedCatalog = start.catalog();
        this.acknowledged = new HashMap<>(start.acknowledged());
        this.onCaptured = onCaptured;
        this.lastProgressNanos = nanoTime.getAsLong();
    }

    Commit begin(long sequence, Instant commitTime) {
        lock.lock();
        try {
            Commit last = open.peekLast();
            long before = last == null ? capturedSequence : last.sequence;
            if (sequence != before + 1) {
                throw new IllegalStateException("commit " + sequence + " follows " + before);
            }
            Commit commit = new Commit(sequence, commitTime);
            if (open.isEmpty()) {
                lastProgressNanos = nanoTime.getAsLong();
            }
            open.add(commit);
            return commit;
        } finally {
            lock.unlock();
        }
    }

    void addCatalogChange(Commit commit, CatalogChange change) {
        lock.lock();
        try {
            commit.catalogChanges.add(change);
        } finally {
            lock.unlock();
        }
    }

    void sending(Commit commit, int sizeBytes) {
        lock.lock();
        try {
            commit.pending++;
            inFlightRecords++;
            inFlightBytes += sizeBytes;
        } finally {
            lock.unlock();
        }
    }

    /** All records of the commit are with the producer, or in Kafka already. */
    void sent(Commit commit) {
        lock.lock();
        try {
            release(commit);
        } finally {
            lock.unlock();
        }
    }

    /** @param offset -1 when Kafka recognised a repeated record and does not say */
    void acknowledged(Commit commit, CapturedRecord record, Uuid topicId, long offset) {
        lock.lock();
        try {
            SequenceNumbers.Position position = record.position();
            acknowledged.merge(
                    record.partition(),
                    new Checkpoint.Acknowledged(topicId, offset, position),
                    (before, now) ->
                            offset >= 0 ? now : new Checkpoint.Acknowledged(topicId, before.offset() + 1, position));
            inFlightRecords--;
            inFlightBytes -= record.sizeBytes();
            lastProgressNanos = nanoTime.getAsLong();
            release(commit);
        } finally {
            lock.unlock();
        }
    }

    /** Ends this tracker: nothing is captured any more. The first failure counts. */
    void fail(RuntimeException cause) {
        lock.lock();
        try {
            if (failure == null) {
                failure = cause;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Throws what {@link #fail} was given. */
    void throwFailure() {
        lock.lock();
        try {
            if (failure != null) {
                throw failure;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is room for more; whether there is. */
    boolean awaitRoom(int maxRecords, long maxBytes, Duration timeout) throws InterruptedException {
        return awaitInFlight(maxRecords - 1, maxBytes - 1, timeout);
    }

    /** Waits until everything is acknowledged; whether it is. */
    boolean awaitEmpty(Duration timeout) throws InterruptedException {
        return awaitInFlight(0, 0, timeout);
    }

    private boolean awaitInFlight(int records, long bytes, Duration timeout) throws InterruptedException {
        long remaining = timeout.toNanos();
        lock.lock();
        try {
            while (failure == null && (inFlightRecords > records || inFlightBytes > bytes)) {
                if (remaining <= 0) {
                    return false;
                }
                remaining = changed.awaitNanos(remaining);
            }
            return failure == null;
        } finally {
            lock.unlock();
        }
    }

    /** For how long Kafka has owed an acknowledgement; zero when it owes none. */
    Duration stalledFor() {
        lock.lock();
        try {
            return inFlightRecords == 0 ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - lastProgressNanos);
        } finally {
            lock.unlock();
        }
    }

    /** When the oldest commit on its way was committed; null when there is none. */
    Instant oldestOpenCommitTime() {
        lock.lock();
        try {
            Commit oldest = open.peekFirst();
            return oldest == null ? null : oldest.commitTime;
        } finally {
            lock.unlock();
        }
    }

    /** What is known to be in Kafka now. */
    Checkpoint snapshot() {
        lock.lock();
        try {
            return new Checkpoint(capturedSequence, capturedCatalog, acknowledged, inFlightRecords == 0);
        } finally {
            lock.unlock();
        }
    }

    private void release(Commit commit) {
        commit.pending--;
        long before = capturedSequence;
        for (Commit first = open.peekFirst(); first != null && first.pending == 0; first = open.peekFirst()) {
            open.removeFirst();
            for (CatalogChange change : first.catalogChanges) {
                capturedCatalog = capturedCatalog.apply(change);
            }
            capturedSequence = first.sequence;
        }
        if (capturedSequence != before && failure == null) {
            onCaptured.accept(capturedSequence);
        }
        changed.signalAll();
    }
}
