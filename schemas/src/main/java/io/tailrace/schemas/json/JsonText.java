package io.tailrace.schemas.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Text that is UTF-8 already: copied as it is where nothing in it has to be escaped, which is found out by eight bytes at a time. */
final class JsonText {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final int FIRST_PLAIN = ' ';

    private JsonText() {}

    static void write(JsonGenerator out, byte[] bytes, int offset, int length) throws IOException {
        if (isPlain(bytes, offset, length)) {
            out.writeRawUTF8String(bytes, offset, length);
        } else {
            out.writeUTF8String(bytes, offset, length);
        }
    }

    /** Whether there is no control character, quotation mark or backslash in it. (RFC 8259, section 7.) */
    static boolean isPlain(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            long eight = (long) LONGS.get(bytes, at);
            long special = below(eight, FIRST_PLAIN) | below(eight ^ EACH * '"', 1) | below(eight ^ EACH * '\\', 1);
            if (special != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            byte one = bytes[at];
            if (one >= 0 && one < FIRST_PLAIN || one == '"' || one == '\\') {
                return false;
            }
        }
        return true;
    }

    /** Not 0 when one of eight bytes is below a bound, which is at most 128. */
    private static long below(long eight, long bound) {
        return eight - EACH * bound & ~eight & HIGH_BITS;
    }
}
