package io.tailrace.server.http;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of all request bodies that are held at one time. */
final class BodyBudget {
    private final long maxBytes;
    private final AtomicLong heldBytes = new AtomicLong();

    BodyBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether {@code bytes} more may be held; if so they are. */
    boolean tryReserve(long bytes) {
        if (heldBytes.addAndGet(bytes) > maxBytes) {
            heldBytes.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void release(long bytes) {
        if (heldBytes.addAndGet(-bytes) < 0) {
            throw new IllegalStateException("more request bytes released than reserved");
        }
    }

    long heldBytes() {
        return heldBytes.get();
    }
}
