package io.tailrace.capture;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Where a thread may be interrupted: while it waits for Kafka, and never while it reads the journal, whose files an
 * interrupt would close.
 */
final class InterruptibleSection {
    private final ReentrantLock lock = new ReentrantLock();
    private Thread inside;
    private boolean closed;

    /** @throws InterruptException when interrupted, or when {@link #close} was called before */
    void run(Runnable action) {
        call(() -> {
            action.run();
            return null;
        });
    }

    /** As {@link #run}, with a result. */
    <T> T call(Supplier<T> action) {
        enter();
        try {
            return action.get();
        } finally {
            leave();
        }
    }

    /** Interrupts the thread that is inside, and lets none in any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            if (inside != null) {
                inside.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private void enter() {
        lock.lock();
        try {
            if (closed) {
                throw new InterruptException("closed");
            }
            inside = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            inside = null;
            Thread.interrupted(); // an interrupt that came too late must not meet the journal
        } finally {
            lock.unlock();
        }
    }
}
