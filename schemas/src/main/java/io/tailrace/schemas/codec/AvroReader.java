package io.tailrace.schemas.codec;

import io.tailrace.schemas.model.Binary;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/** Avro's primitives out of a byte array, every step checked against its end. */
final class AvroReader {
    private final byte[] bytes;
    private final int limit;
    private int position;

    AvroReader(byte[] bytes) {
        this.bytes = bytes;
        this.limit = bytes.length;
    }

    /** Reads what remains in {@code buffer}, whose position does not change. */
    AvroReader(ByteBuffer buffer) {
        if (buffer.hasArray()) {
            this.bytes = buffer.array();
            this.position = buffer.arrayOffset() + buffer.position();
            this.limit = position + buffer.remaining();
        } else {
            this.bytes = new byte[buffer.remaining()];
            this.limit = bytes.length;
            buffer.get(buffer.position(), bytes);
        }
    }

    int position() {
        return position;
    }

    /** A view of what was read since {@code start}, an earlier {@link #position}; not to be written to. */
    ByteBuffer slice(int start) {
        return ByteBuffer.wrap(bytes, start, position - start).slice();
    }

    /** Whether the value ends here: a field that was added behind it later has its default then. */
    boolean isAtEnd() {
        return position == limit;
    }

    void expectEnd() {
        if (position != limit) {
            throw new MalformedAvroException(limit - position + " bytes left over after the value");
        }
    }

    long readLong() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte b = readByte();
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new MalformedAvroException("a number of more than 64 bits");
    }

    int readInt() {
        long value = readLong();
        if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
            throw new MalformedAvroException("no int: " + value);
        }
        return (int) value;
    }

    /** The index of a union's branch or of an enum's symbol, below {@code count}. */
    int readIndex(int count) {
        long index = readLong();
        if (index < 0 || index >= count) {
            throw new MalformedAvroException("index " + index + " of " + count + " branches or symbols");
        }
        return (int) index;
    }

    <E extends Enum<E>> E readEnum(E[] symbols) {
        return symbols[readIndex(symbols.length)];
    }

    boolean readBoolean() {
        byte value = readByte();
        if (value != 0 && value != 1) {
            throw new MalformedAvroException("no boolean: " + value);
        }
        return value == 1;
    }

    String readString() {
        int length = readLength();
        String value = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return value;
    }

    Binary readBytes() {
        int length = readLength();
        Binary value = Binary.wrap(Arrays.copyOfRange(bytes, position, position + length));
        position += length;
        return value;
    }

    /** Skips a string or bytes and returns how many bytes it has. */
    int skipBytes() {
        int length = readLength();
        position += length;
        return length;
    }

    Instant readMicros() {
        long micros = readLong();
        try {
            return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        } catch (DateTimeException | ArithmeticException outOfRange) {
            throw new MalformedAvroException("no time: " + micros, outOfRange);
        }
    }

    Instant readMillis() {
        return Instant.ofEpochMilli(readLong());
    }

    /** How many elements the next block of an array or map has; 0 at its end. */
    int readBlock() {
        long count = readLong();
        if (count < 0) {
            count = -count;
            readLong(); // the block's size in bytes, there for those who skip it
        }
        // No element of these schemas takes no bytes, so a larger count can only be wrong.
        if (count < 0 || count > limit - position) {
            throw new MalformedAvroException("a block of " + count + " elements in " + (limit - position) + " bytes");
        }
        return (int) count;
    }

    /** Whether a union whose branch 0 is null has a value. */
    boolean readPresence() {
        return readIndex(2) == 1;
    }

    String readNullableString() {
        return readPresence() ? readString() : null;
    }

    private int readLength() {
        long length = readLong();
        if (length < 0 || length > limit - position) {
            throw new MalformedAvroException("a length of " + length + " with " + (limit - position) + " bytes left");
        }
        return (int) length;
    }

    /** Whether these bytes, all of which were read, are at an earlier {@link #position}. */
    boolean hasAt(int start, byte[] expected) {
        return Arrays.equals(bytes, start, start + expected.length, expected, 0, expected.length);
    }

    /** The bytes that {@link #position} is a place in; not to be written to. */
    byte[] array() {
        return bytes;
    }

    byte peekAt(int index) {
        return bytes[index];
    }

    private byte readByte() {
        if (position >= limit) {
            throw new MalformedAvroException("the bytes end within a value");
        }
        return bytes[position++];
    }
}
