package io.tailrace.processors.gsi;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * How far this process is on both sides of the repartition topic. The stream threads note it for each record; whoever waits
 * for it looks when told that something has changed.
 *
 * <p>Each index update carries which record of the mutations topic it came from, and which of its updates it is. So a partition of the index has applied all
 * that a partition of the mutations has caused when it has seen the last update that this one sent to it; partitions that
 * were sent nothing have nothing to catch up with.
 */
final class IndexProgress {
    /** Source partition (4), position in it (8). */
    static final String SOURCE_HEADER = "source";

    /** One record causes at most two updates of each of a table's twenty indexes. */
    private static final int UPDATES_PER_RECORD = 64;

    private static final long NOTHING = -1;

    private final int partitions;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Integer, Source> sources = new HashMap<>();
    private final Map<Integer, Target> targets = new HashMap<>();
    private long openings;
    private boolean signalled;
    /** Read without the lock by the stream threads, so that noting costs nothing while nobody waits. */
    private volatile boolean watched;

    IndexProgress(int partitions) {
        this.partitions = partitions;
    }

    /** A partition of the mutations topic that is processed here. Written by one stream thread. */
    final class Source {
        private final int partition;
        private final long opening;
        private final AtomicLongArray lastSentTo = filled();
        private volatile long nextOffset = NOTHING;
        private long lastPosition = NOTHING;

        private Source(int partition, long opening) {
            this.partition = partition;
            this.opening = opening;
        }

        /**
         * Notes that the record at this offset of the mutations topic causes an update.
         *
         * @param receivers the partitions of the index that it goes to
         * @return what it carries in {@link #SOURCE_HEADER}
         */
        byte[] sending(Iterable<Integer> receivers, long offset) {
            long position = Math.max(lastPosition + 1, offset * UPDATES_PER_RECORD);
            if (position >= (offset + 1) * UPDATES_PER_RECORD) {
                throw new IllegalStateException("the record at offset " + offset + " causes too many updates");
            }
            lastPosition = position;
            receivers.forEach(target -> lastSentTo.set(target, position));
            return ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                    .putInt(partition)
                    .putLong(position)
                    .array();
        }

        /** All updates that the record causes have been sent. */
        void processed(long offset) {
            nextOffset = offset + 1;
            signalIfWatched();
        }
    }

    /** A partition of the index that is kept here. Written by one stream thread. */
    final class Target {
        private final AtomicLongArray lastOf = filled();
        private volatile long nextOffset = NOTHING;

        /** The update at this offset of the repartition topic is in the store. */
        void applied(Headers headers, long offset) {
            Header source = headers.lastHeader(SOURCE_HEADER);
            if (source != null) {
                ByteBuffer bytes = ByteBuffer.wrap(source.value());
                lastOf.set(bytes.getInt(), bytes.getLong());
            }
            nextOffset = offset + 1;
            signalIfWatched();
        }
    }

    Source openSource(int partition) {
        lock.lock();
        try {
            openings++;
            Source source = new Source(partition, openings);
            sources.put(partition, source);
            signal();
            return source;
        } finally {
            lock.unlock();
        }
    }

    void closeSource(Source source) {
        lock.lock();
        try {
            sources.remove(source.partition, source);
        } finally {
            lock.unlock();
        }
    }

    Target openTarget(int partition) {
        lock.lock();
        try {
            Target target = new Target();
            targets.put(partition, target);
            signal();
            return target;
        } finally {
            lock.unlock();
        }
    }

    void closeTarget(int partition, Target target) {
        lock.lock();
        try {
            targets.remove(partition, target);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what is open: a client was exchanged for a new one. */
    void clear() {
        lock.lock();
        try {
            sources.clear();
            targets.clear();
        } finally {
            lock.unlock();
        }
    }

    /** How often a source was opened so far: those that are open now were opened no later. */
    long openings() {
        lock.lock();
        try {
            return openings;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether everything before these offsets of the mutations topic is in the index, as far as can be told here.
     *
     * @param offsets by partition
     * @param settledOpening what sources that were opened no later than this had sent before is known to be applied
     */
    boolean hasApplied(Map<Integer, Long> offsets, long settledOpening) {
        lock.lock();
        try {
            if (sources.size() < partitions || targets.size() < partitions) {
                return false;
            }
            // First what was processed, then what was sent: what is sent in between is waited for too.
            boolean processed = offsets.entrySet().stream()
                    .allMatch(end -> hasProcessed(sources.get(end.getKey()), end.getValue(), settledOpening));
            return processed && sources.values().stream().allMatch(this::isAppliedEverywhere);
        } finally {
            lock.unlock();
        }
    }

    private static boolean hasProcessed(Source source, long end, long settledOpening) {
        return source != null && source.opening <= settledOpening && source.nextOffset >= end;
    }

    private boolean isAppliedEverywhere(Source source) {
        for (int target = 0; target < partitions; target++) {
            Target there = targets.get(target);
            if (there == null || there.lastOf.get(source.partition) < source.lastSentTo.get(target)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the index has applied the repartition topic up to these ends. If so, what the sources had sent for records
     * before the committed offsets is known to be applied: it was in the topic before the ends were read.
     */
    boolean settle(GroupOffsets.Snapshot offsets) {
        lock.lock();
        try {
            boolean applied = offsets.updateEnds().entrySet().stream()
                    .allMatch(end -> position(end.getKey(), offsets) >= end.getValue());
            if (applied) {
                sources.values().forEach(source -> settle(source, offsets.committedMutation(source.partition)));
            }
            return applied;
        } finally {
            lock.unlock();
        }
    }

    private void settle(Source source, long committed) {
        targets.forEach((partition, target) -> {
            long sent = source.lastSentTo.get(partition);
            if (sent < committed * UPDATES_PER_RECORD) {
                target.lastOf.accumulateAndGet(source.partition, sent, Math::max);
            }
        });
    }

    /** What is not kept here, or has had no record here yet, is where the group has committed it to be. */
    private long position(int target, GroupOffsets.Snapshot offsets) {
        Target here = targets.get(target);
        return Math.max(here == null ? NOTHING : here.nextOffset, offsets.committedUpdate(target));
    }

    /** The group has committed this offset of the mutations topic: it was processed, if not since the opening. */
    void committed(int partition, long offset) {
        lock.lock();
        try {
            Source source = sources.get(partition);
            if (source != null && source.nextOffset == NOTHING) {
                source.nextOffset = offset;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody wants to be told of changes. */
    void watch(boolean wanted) {
        watched = wanted;
    }

    /** Waits until something has changed since the last call returned, at most for this long. */
    void awaitChange(long timeoutNanos) throws InterruptedException {
        long remaining = timeoutNanos;
        lock.lockInterruptibly();
        try {
            while (!signalled && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
            signalled = false;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a wait for a change. */
    void signal() {
        lock.lock();
        try {
            signalled = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void signalIfWatched() {
        if (watched) {
            signal();
        }
    }

    private AtomicLongArray filled() {
        AtomicLongArray array = new AtomicLongArray(partitions);
        for (int i = 0; i < partitions; i++) {
            array.set(i, NOTHING);
        }
        return array;
    }
}
