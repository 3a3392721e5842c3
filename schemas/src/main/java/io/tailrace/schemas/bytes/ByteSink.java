package io.tailrace.schemas.bytes;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A growable byte buffer to append to. Not for use by several threads; {@link #reset()} keeps its memory. */
public final class ByteSink {
    /** The largest array that every JVM can allocate. */
    private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

    private byte[] buffer;
    private int size;

    public ByteSink() {
        this(64);
    }

    public ByteSink(int initialCapacity) {
        this.buffer = new byte[initialCapacity];
    }

    public int size() {
        return size;
    }

    /** Forgets all that was written. */
    public void reset() {
        size = 0;
    }

    public ByteSink put(int value) {
        reserve(1);
        buffer[size++] = (byte) value;
        return this;
    }

    public ByteSink put(byte[] bytes) {
        return put(bytes, 0, bytes.length);
    }

    public ByteSink put(byte[] bytes, int offset, int length) {
        reserve(length);
        System.arraycopy(bytes, offset, buffer, size, length);
        size += length;
        return this;
    }

    /** Appends what remains in {@code bytes}, whose position does not change. */
    public ByteSink put(ByteBuffer bytes) {
        int length = bytes.remaining();
        reserve(length);
        bytes.get(bytes.position(), buffer, size, length);
        size += length;
        return this;
    }

    /** Four bytes, big endian: the order of unsigned values is the order of the bytes. */
    public ByteSink putInt(int value) {
        reserve(4);
        buffer[size] = (byte) (value >>> 24);
        buffer[size + 1] = (byte) (value >>> 16);
        buffer[size + 2] = (byte) (value >>> 8);
        buffer[size + 3] = (byte) value;
        size += 4;
        return this;
    }

    /** The string's UTF-8 bytes without length or end. */
    public ByteSink putUtf8(String text) {
        int length = Utf8.length(text);
        reserve(length);
        size = Utf8.write(text, buffer, size);
        return this;
    }

    /** A copy of all bytes written so far. */
    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    /** A copy of the bytes from {@code offset} on. */
    public byte[] toByteArray(int offset) {
        return Arrays.copyOfRange(buffer, offset, size);
    }

    /** The bytes written so far without a copy; valid until the next change of this sink. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(buffer, 0, size);
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > buffer.length) {
            long doubled = Math.max(2L * buffer.length, needed);
            buffer = Arrays.copyOf(buffer, (int) Math.min(doubled, MAX_CAPACITY));
        }
    }
}
