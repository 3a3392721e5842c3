package io.tailrace.server.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes of all request bodies that are held at one time. Large bodies leave room for small ones: what fills the
 * memory must not keep everybody from reading.
 */
final class BodyBudget {
    /** Most requests for a few items are smaller. */
    static final long SMALL_BODY_BYTES = 64 << 10;
    /** The part of the whole that large bodies leave is one of so many. */
    private static final int RESERVED_FRACTION = 8;

    private final long maxBytes;
    private final AtomicLong heldBytes = new AtomicLong();

    BodyBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Whether {@code bytes} more of a body may be held; if so they are.
     *
     * @param bodyBytes of the body as far as it has come, with these
     */
    boolean tryReserve(long bytes, long bodyBytes) {
        long limit = bodyBytes > SMALL_BODY_BYTES ? maxBytes - maxBytes / RESERVED_FRACTION : maxBytes;
        if (heldBytes.addAndGet(bytes) > limit) {
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
