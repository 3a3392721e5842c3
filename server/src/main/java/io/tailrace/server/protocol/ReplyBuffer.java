package io.tailrace.server.protocol;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/** Grows with an answer and gives its array away without a copy. The first piece of an answer that comes in several is its largest. */
final class ReplyBuffer extends OutputStream {
    /** Below it, a piece is a whole answer: the generator gathers so much before it writes anything. */
    private static final int LARGE_PIECE = 4 * 1024;

    /** From here on what is left over at the end counts. */
    private static final int LARGE_ANSWER = 64 * 1024;
    /** Arrays cannot have more everywhere. */
    private static final int MAX = Integer.MAX_VALUE - 8;

    private byte[] bytes = {};
    private int size;

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] piece, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, piece.length);
        if (length > bytes.length - size) {
            int needed = Math.addExact(size, length);
            bytes = Arrays.copyOf(bytes, capacity(needed));
        }
        System.arraycopy(piece, offset, bytes, size, length);
        size += length;
    }

    private static int capacity(int needed) {
        if (needed < LARGE_PIECE) {
            return needed;
        }
        return (int) Math.min(MAX, needed < LARGE_ANSWER ? 4L * needed : 2L * needed);
    }

    int size() {
        return size;
    }

    /** The bytes up to {@link #size()}; nothing may be written afterwards. */
    byte[] array() {
        return bytes;
    }
}
