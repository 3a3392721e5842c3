package io.tailrace.schemas.codec;

import io.tailrace.schemas.bytes.ByteSink;
import io.tailrace.schemas.bytes.Utf8;
import io.tailrace.schemas.model.Binary;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Avro's primitives (Avro specification, "Binary Encoding"). */
final class AvroWriter {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    /** From here on the JDK's encoder, which looks at many characters at a time, outweighs its copy. */
    private static final int LONG_CHARS = 64;

    private final ByteSink sink;

    AvroWriter(int initialCapacity) {
        this.sink = new ByteSink(initialCapacity);
    }

    byte[] toByteArray() {
        return sink.toByteArray();
    }

    /** Zig-zag, seven bits to a byte; Avro's int is the same. */
    void writeLong(long value) {
        long rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7FL) != 0) {
            sink.put((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        sink.put((int) rest);
    }

    void writeIndex(int branchOrSymbol) {
        writeLong(branchOrSymbol);
    }

    void writeBoolean(boolean value) {
        sink.put(value ? 1 : 0);
    }

    void writeString(String value) {
        if (value.length() < LONG_CHARS) {
            writeLong(Utf8.length(value));
            sink.putUtf8(value);
        } else {
            byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
            writeLong(encoded.length);
            sink.put(encoded);
        }
    }

    void writeBytes(Binary value) {
        writeLong(value.size());
        sink.put(value.asByteBuffer());
    }

    /** Bytes that are encoded already, without a length. */
    void writeEncoded(ByteBuffer encoded) {
        sink.put(encoded);
    }

    void writeMicros(Instant time) {
        // Not ChronoUnit.between, which counts nanoseconds on the way and so ends in the year 2262.
        writeLong(Math.addExact(
                Math.multiplyExact(time.getEpochSecond(), MICROS_PER_SECOND), time.getNano() / NANOS_PER_MICRO));
    }

    void writeMillis(Instant time) {
        writeLong(time.toEpochMilli());
    }

    /** What an array or map begins with; {@link #endBlocks} follows the elements. */
    void startBlock(int count) {
        if (count > 0) {
            writeLong(count);
        }
    }

    void endBlocks() {
        sink.put(0);
    }

    /** The branch of a union whose branch 0 is null; whether a value is to follow. */
    boolean writePresence(Object valueOrNull) {
        writeIndex(valueOrNull == null ? 0 : 1);
        return valueOrNull != null;
    }

    void writeNullableString(String value) {
        if (writePresence(value)) {
            writeString(value);
        }
    }
}
