package io.tailrace.server.protocol;

import java.io.ByteArrayOutputStream;

/** Grows with an answer and gives its array away without a copy. */
final class ReplyBuffer extends ByteArrayOutputStream {
    private static final int INITIAL_BYTES = 512;

    ReplyBuffer() {
        super(INITIAL_BYTES);
    }

    /** The bytes up to {@link #size()}; nothing may be written afterwards. */
    byte[] array() {
        return buf;
    }
}
