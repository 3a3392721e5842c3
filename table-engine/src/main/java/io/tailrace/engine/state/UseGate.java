package io.tailrace.engine.state;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Lets the state be closed only when nobody uses it: native memory must not be touched afterwards. */
final class UseGate {
    private static final int CLOSED = 1 << 31;
    private static final long PAUSE_NANOS = 100_000;

    /** How many are inside, and a bit for whether it is closed. */
    private final AtomicInteger users = new AtomicInteger();

    void enter() {
        if (users.getAndIncrement() < 0) {
            users.getAndDecrement();
            throw new IllegalStateException("the engine is closed");
        }
    }

    void leave() {
        users.getAndDecrement();
    }

    /** Lets nobody in any more and waits until all have left; false when it was closed before. */
    boolean close() {
        if ((users.getAndUpdate(count -> count | CLOSED) & CLOSED) != 0) {
            return false;
        }
        while ((users.get() & ~CLOSED) != 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }
}
