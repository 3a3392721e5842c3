package io.tailrace.processors.runtime;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * What one instance asks another about one partition of a store. Integers are big endian.
 *
 * <pre>
 * 1 (1) | forward, 1 or 0 (1) | bytes wanted at most (4) | length of from (4) | from | to
 * </pre>
 *
 * @param from inclusive
 * @param to exclusive
 * @param forward false to begin at the end
 * @param maxBytes of keys and values; one entry is given in any case
 */
record StoreQuestion(byte[] from, byte[] to, boolean forward, int maxBytes) {
    private static final byte VERSION = 1;
    private static final int HEAD = 2 + 2 * Integer.BYTES;

    /** @throws IllegalArgumentException when these bytes are no question */
    static StoreQuestion fromBytes(byte[] bytes) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            byte version = buffer.get();
            if (version != VERSION) {
                throw new IllegalArgumentException("a question of version " + version);
            }
            boolean forward = buffer.get() == 1;
            int maxBytes = buffer.getInt();
            int fromLength = buffer.getInt();
            if (maxBytes < 1 || fromLength < 0 || fromLength > buffer.remaining()) {
                throw new IllegalArgumentException("a question for " + maxBytes + " bytes from " + fromLength);
            }
            byte[] from = new byte[fromLength];
            buffer.get(from);
            byte[] to = new byte[buffer.remaining()];
            buffer.get(to);
            return new StoreQuestion(from, to, forward, maxBytes);
        } catch (BufferUnderflowException cut) {
            throw new IllegalArgumentException("a question of " + bytes.length + " bytes", cut);
        }
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(HEAD + from.length + to.length)
                .put(VERSION)
                .put((byte) (forward ? 1 : 0))
                .putInt(maxBytes)
                .putInt(from.length)
                .put(from)
                .put(to)
                .array();
    }
}
