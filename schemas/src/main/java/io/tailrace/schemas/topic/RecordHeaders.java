package io.tailrace.schemas.topic;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Names of the Kafka record headers, and how their values are written. */
public final class RecordHeaders {
    /** The commit's sequence number, a {@link #ofLong long}; on mutations and stream records. */
    public static final String SEQUENCE = "tailrace.sequence";
    /** The mutation's position in its commit, an {@link #ofInt int}; on mutations and stream records. */
    public static final String MUTATION_INDEX = "tailrace.mutation-index";
    /** INSERT, MODIFY or REMOVE; on mutations of items and stream records. */
    public static final String EVENT_NAME = "tailrace.event-name";
    /** The table's name. */
    public static final String TABLE = "tailrace.table";
    /** The table's id, an {@link #ofInt int}. */
    public static final String TABLE_ID = "tailrace.table-id";
    /** The label of the stream that a stream record belongs to. */
    public static final String STREAM_LABEL = "tailrace.stream-label";
    /** The mutation's sequence number as the streams API has it, a text of 21 digits; on mutations of items and stream records. */
    public static final String SEQUENCE_NUMBER = "tailrace.sequence-number";
    /** The region of the table; on mutations of items and stream records. */
    public static final String REGION = "tailrace.region";
    /**
     * What a transaction's mutations, and no others, have in common: a text; on mutations of items and stream records of
     * transactions that changed more than one item.
     */
    public static final String TRANSACTION_ID = "tailrace.transaction-id";
    /**
     * On mutations of items and stream records, where the change came from: {@link #ORIGIN_USER} and so on. On commands, who
     * sent it, for example {@code activity}.
     */
    public static final String ORIGIN = "tailrace.origin";

    /** A caller of the API. */
    public static final String ORIGIN_USER = "user";
    /** Time to live. */
    public static final String ORIGIN_TTL = "ttl";
    /** A processor that wrote through the commands topic. */
    public static final String ORIGIN_PROCESSOR = "processor";
    /** Another region of a global table. */
    public static final String ORIGIN_REPLICATION = "replication";
    /** The table engine itself: an item that is told again. */
    public static final String ORIGIN_SYSTEM = "system";

    /** On dead letters: the topic of the record that could not be processed. */
    public static final String SOURCE_TOPIC = "tailrace.dead-letter.topic";
    /** On dead letters: its partition, an {@link #ofInt int}. */
    public static final String SOURCE_PARTITION = "tailrace.dead-letter.partition";
    /** On dead letters: its offset, a {@link #ofLong long}. */
    public static final String SOURCE_OFFSET = "tailrace.dead-letter.offset";
    /** On dead letters: which part gave up. */
    public static final String FAILED_IN = "tailrace.dead-letter.failed-in";
    /** On dead letters: the error's class. */
    public static final String ERROR_CLASS = "tailrace.dead-letter.error-class";
    /** On dead letters: the error's message. */
    public static final String ERROR_MESSAGE = "tailrace.dead-letter.error-message";

    private RecordHeaders() {}

    /** Eight bytes, big endian. */
    public static byte[] ofLong(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    /** Four bytes, big endian. */
    public static byte[] ofInt(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    /** UTF-8. */
    public static byte[] ofText(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException when these are not eight bytes */
    public static long longValue(byte[] header) {
        return sized(header, Long.BYTES).getLong();
    }

    /** @throws IllegalArgumentException when these are not four bytes */
    public static int intValue(byte[] header) {
        return sized(header, Integer.BYTES).getInt();
    }

    public static String textValue(byte[] header) {
        return new String(header, StandardCharsets.UTF_8);
    }

    private static ByteBuffer sized(byte[] header, int expectedBytes) {
        if (header.length != expectedBytes) {
            throw new IllegalArgumentException(
                    "a header of " + header.length + " bytes where " + expectedBytes + " were expected");
        }
        return ByteBuffer.wrap(header);
    }
}
