package io.tailrace.processors.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The partitions whose tasks are being processed here, each with what its processor shows to queries.
 *
 * <p>A processor opens its partition at the end of {@code init}, which Kafka Streams calls when the task's stores are
 * restored, and closes it first thing in {@code close}. Kafka Streams' own thread state is not enough: a thread that
 * recovers from a corrupted task stays RUNNING while it restores the task's store.
 */
public final class LivePartitions<T> {
    /** One opening of a partition; a partition that was closed and opened again is another one. */
    public record Live<T>(long epoch, T view) {}

    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Integer, Live<T>> live = new TreeMap<>();
    private long epochs;

    /** Makes the partition visible to queries. Returns the epoch that {@link #close} wants back. */
    public long open(int partition, T view) {
        lock.lock();
        try {
            epochs++;
            live.put(partition, new Live<>(epochs, view));
            changed.signalAll();
            return epochs;
        } finally {
            lock.unlock();
        }
    }

    /** Hides the partition unless someone else has opened it since. */
    public void close(int partition, long epoch) {
        lock.lock();
        try {
            Live<T> current = live.get(partition);
            if (current != null && current.epoch() == epoch) {
                live.remove(partition);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Hides all partitions: a client was exchanged for a new one. */
    public void clear() {
        lock.lock();
        try {
            live.clear();
        } finally {
            lock.unlock();
        }
    }

    /** What the partitions that are live now show. */
    public List<T> views() {
        lock.lock();
        try {
            return live.values().stream().map(Live::view).toList();
        } finally {
            lock.unlock();
        }
    }

    /** The partition, if it is live. */
    public Optional<Live<T>> of(int partition) {
        lock.lock();
        try {
            return Optional.ofNullable(live.get(partition));
        } finally {
            lock.unlock();
        }
    }

    /** Those of the partitions from {@code first} to {@code last}, both inclusive, that are live. */
    Map<Integer, Live<T>> among(int first, int last) {
        lock.lock();
        try {
            Map<Integer, Live<T>> found = new TreeMap<>(live);
            found.keySet().removeIf(partition -> partition < first || partition > last);
            return found;
        } finally {
            lock.unlock();
        }
    }

    /** How often a partition was opened so far: what {@link #awaitOpening} compares with. */
    long openings() {
        lock.lock();
        try {
            return epochs;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there are more openings than {@code seen}, at most for this long. */
    void awaitOpening(long seen, long timeoutNanos) throws InterruptedException {
        long remaining = timeoutNanos;
        lock.lock();
        try {
            while (epochs == seen && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
        } finally {
            lock.unlock();
        }
    }
}
