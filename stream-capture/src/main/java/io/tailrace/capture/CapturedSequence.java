package io.tailrace.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far Kafka has acknowledged, for those who wait for it. For use by several threads. */
final class CapturedSequence {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeMap<Long, List<CompletableFuture<Void>>> awaited = new TreeMap<>();
    private volatile long sequence;
    private boolean closed;

    long get() {
        return sequence;
    }

    void set(long reached) {
        List<CompletableFuture<Void>> done = new ArrayList<>();
        lock.lock();
        try {
            sequence = reached;
            changed.signalAll();
            while (!awaited.isEmpty() && awaited.firstKey() <= reached) {
                done.addAll(awaited.pollFirstEntry().getValue());
            }
        } finally {
            lock.unlock();
        }
        done.forEach(future -> future.complete(null));
    }

    /** Completes, on the thread that reaches it, with the sequence; is cancelled when capture is closed before. */
    CompletableFuture<Void> whenReached(long wanted) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        lock.lock();
        try {
            if (sequence < wanted && !closed) {
                awaited.values().forEach(futures -> futures.removeIf(CompletableFuture::isDone));
                awaited.values().removeIf(List::isEmpty);
                awaited.computeIfAbsent(wanted, none -> new ArrayList<>()).add(future);
                return future;
            }
        } finally {
            lock.unlock();
        }
        if (sequence >= wanted) {
            future.complete(null);
        } else {
            future.cancel(false);
        }
        return future;
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
        List<CompletableFuture<Void>> abandoned = new ArrayList<>();
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            awaited.values().forEach(abandoned::addAll);
            awaited.clear();
        } finally {
            lock.unlock();
        }
        abandoned.forEach(future -> future.cancel(false));
    }
}
