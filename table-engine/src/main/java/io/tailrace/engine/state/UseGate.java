package io.tailrace.engine.state;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Lets the state be closed or exchanged only when nobody uses it: native memory must not be touched afterwards. */
final class UseGate {
    private static final int CLOSED = 1 << 31;
    private static final int PAUSED = 1 << 30;
    private static final int USERS = PAUSED - 1;
    private static final long PAUSE_NANOS = 100_000;

    /** How many are inside, and a bit each for whether it is closed and whether it is paused. */
    private final AtomicInteger users = new AtomicInteger();

    /** Waits while the gate is paused. */
    void enter() {
        while (true) {
            int before = users.getAndIncrement();
            if ((before & (CLOSED | PAUSED)) == 0) {
                return;
            }
            users.getAndDecrement();
            if ((before & CLOSED) != 0) {
                throw new IllegalStateException("the engine is closed");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** As {@link #enter}, without waiting; false while the gate is paused, or when it is closed. */
    boolean tryEnter() {
        int before = users.getAndIncrement();
        if ((before & (CLOSED | PAUSED)) == 0) {
            return true;
        }
        users.getAndDecrement();
        return false;
    }

    /** Lets nobody in before {@link #resume} and waits until all have left. By one thread at a time. */
    void pause() {
        users.getAndUpdate(count -> count | PAUSED);
        awaitEmpty();
    }

    void resume() {
        users.getAndUpdate(count -> count & ~PAUSED);
    }

    void leave() {
        users.getAndDecrement();
    }

    /** Lets nobody in any more and waits until all have left; false when it was closed before. */
    boolean close() {
        if ((users.getAndUpdate(count -> count | CLOSED) & CLOSED) != 0) {
            return false;
        }
        awaitEmpty();
        return true;
    }

    private void awaitEmpty() {
        while ((users.get() & USERS) != 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
