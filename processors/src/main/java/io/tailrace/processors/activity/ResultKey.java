package io.tailrace.processors.activity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;

/**
 * Which result a {@link Tally} belongs to.
 *
 * <pre>
 * kind (1) | minute, epoch milliseconds with the sign bit inverted (8), if the kind has one | name in UTF-8, if it has one
 * </pre>
 *
 * <p>So results of a kind are together, and in order of time where they have one.
 *
 * @param minuteMillis the minute's start; 0 for kinds without a minute
 * @param name a type or page; empty for kinds without
 */
record ResultKey(Kind kind, long minuteMillis, String name) {
    /** The kinds of results. */
    enum Kind {
        /** Everything. */
        TOTAL(1, false),
        /** By type of activity. */
        TYPE(2, false),
        /** By page. */
        PAGE(3, false),
        /** By minute; users are those active in it. */
        MINUTE(4, true),
        /** By minute and type of activity. */
        MINUTE_TYPE(5, true);

        private final byte code;
        private final boolean hasMinute;

        Kind(int code, boolean hasMinute) {
            this.code = (byte) code;
            this.hasMinute = hasMinute;
        }
    }

    ResultKey {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(name);
    }

    static ResultKey total() {
        return new ResultKey(Kind.TOTAL, 0, "");
    }

    static ResultKey ofType(String type) {
        return new ResultKey(Kind.TYPE, 0, type);
    }

    static ResultKey ofPage(String page) {
        return new ResultKey(Kind.PAGE, 0, page);
    }

    static ResultKey ofMinute(long minuteMillis) {
        return new ResultKey(Kind.MINUTE, minuteMillis, "");
    }

    static ResultKey ofMinuteAndType(long minuteMillis, String type) {
        return new ResultKey(Kind.MINUTE_TYPE, minuteMillis, type);
    }

    /** The minute's start. */
    Instant minute() {
        return Instant.ofEpochMilli(minuteMillis);
    }

    /** The first possible key of a kind. */
    static byte[] start(Kind kind) {
        return new byte[] {kind.code};
    }

    /** Behind the last possible key of a kind. */
    static byte[] end(Kind kind) {
        return new byte[] {(byte) (kind.code + 1)};
    }

    /** The first possible key of a kind at a time. */
    static byte[] startAt(Kind kind, Instant time) {
        return minuteBytes(kind, time.toEpochMilli(), 0).array();
    }

    Bytes toBytes() {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer key = kind.hasMinute
                ? minuteBytes(kind, minuteMillis, text.length)
                : ByteBuffer.allocate(1 + text.length).put(kind.code);
        return Bytes.wrap(key.put(text).array());
    }

    static ResultKey fromBytes(Bytes encoded) {
        ByteBuffer in = ByteBuffer.wrap(encoded.get());
        Kind kind = kindOf(in.get());
        long minuteMillis = kind.hasMinute ? in.getLong() ^ Long.MIN_VALUE : 0;
        return new ResultKey(
                kind, minuteMillis, StandardCharsets.UTF_8.decode(in).toString());
    }

    private static ByteBuffer minuteBytes(Kind kind, long minuteMillis, int moreBytes) {
        return ByteBuffer.allocate(1 + Long.BYTES + moreBytes).put(kind.code).putLong(minuteMillis ^ Long.MIN_VALUE);
    }

    private static Kind kindOf(byte code) {
        for (Kind kind : Kind.values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalStateException("a result of the unknown kind " + code);
    }
}
