package io.tailrace.capture;

import io.tailrace.engine.journal.Journal;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A journal in memory. Survives what captures it, and can forget its beginning. */
final class MemoryJournal implements Journal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();
    private final List<JournalEntry> entries = new ArrayList<>();
    private long firstSequence = 1;

    void append(JournalEntry entry) {
        lock.lock();
        try {
            if (entry.sequence() != entries.size() + 1) {
                throw new IllegalArgumentException("entry " + entry.sequence() + " after " + entries.size());
            }
            entries.add(entry);
            appended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything before {@code sequence}. */
    void removeBefore(long sequence) {
        lock.lock();
        try {
            firstSequence = sequence;
        } finally {
            lock.unlock();
        }
    }

    /** All entries ever appended. */
    List<JournalEntry> all() {
        lock.lock();
        try {
            return List.copyOf(entries);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long firstSequence() {
        lock.lock();
        try {
            return firstSequence;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long readableSequence() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitReadable(long sequence, Duration timeout) throws InterruptedException {
        long remaining = timeout.toNanos();
        lock.lock();
        try {
            while (entries.size() <= sequence && remaining > 0) {
                remaining = appended.awaitNanos(remaining);
            }
            return entries.size() > sequence;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public JournalReader openReader() {
        return new Reader();
    }

    private JournalEntry entry(long sequence) {
        lock.lock();
        try {
            if (sequence < firstSequence) {
                throw new IllegalStateException("entry " + sequence + " was removed");
            }
            return sequence > entries.size() ? null : entries.get((int) sequence - 1);
        } finally {
            lock.unlock();
        }
    }

    private final class Reader implements JournalReader {
        private long next = firstSequence();

        @Override
        public void seek(long sequence) {
            if (sequence < firstSequence() || sequence > readableSequence() + 1) {
                throw new IllegalStateException("no entry " + sequence);
            }
            next = sequence;
        }

        @Override
        public JournalEntry next() {
            JournalEntry entry = entry(next);
            if (entry != null) {
                next++;
            }
            return entry;
        }

        @Override
        public void close() {
            next = Long.MAX_VALUE;
        }
    }
}
