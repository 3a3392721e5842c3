package io.tailrace.capture;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far Kafka has acknowledged, for those who wait for it. For use by several threads. */
final class CapturedSequence {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile long sequence;
    private boolean closed;

    long get() {
        return sequence;
    }

    void set(long reached) {
        lock.lock();
        try {
            sequence = reached;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @throws IllegalStateException when capture is closed before it gets there */
    void await(long awaited) throws InterruptedException {
        if (sequence >= awaited) {
            return;
        }
        lock.lockInterruptibly();
        try {
            while (sequence < awaited) {
                if (closed) {
                    throw new IllegalStateException("capture was closed before Kafka had commit " + awaited);
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
