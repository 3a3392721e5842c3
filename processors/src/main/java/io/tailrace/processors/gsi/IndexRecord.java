package io.tailrace.processors.gsi;

import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Item;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;

/**
 * The bytes of an index entry, the same in the repartition topic and in the store. Integers are big endian.
 *
 * <pre>
 * entry      1 (1) | sequence number (8) | item size by DynamoDB's rules (4) | projected item, ItemCodec
 * tombstone  2 (1) | sequence number (8) | time of the deletion, epoch milliseconds (8)
 * </pre>
 *
 * In the topic, a tombstone's time is 0 and a key that is only an index id means: drop the whole index.
 */
final class IndexRecord {
    private static final byte ENTRY = 1;
    private static final byte TOMBSTONE = 2;
    private static final int SEQUENCE_AT = 1;
    private static final int SIZE_AT = SEQUENCE_AT + Long.BYTES;
    private static final int ITEM_AT = SIZE_AT + Integer.BYTES;
    private static final int TIME_AT = SEQUENCE_AT + Long.BYTES;
    private static final int TOMBSTONE_BYTES = TIME_AT + Long.BYTES;

    private IndexRecord() {}

    static byte[] of(IndexUpdate update) {
        return update.isDelete() ? tombstone(update.sequence(), 0) : entry(update.sequence(), update.item());
    }

    private static byte[] entry(long sequence, ByteBuffer item) {
        return ByteBuffer.allocate(ITEM_AT + item.remaining())
                .put(ENTRY)
                .putLong(sequence)
                .putInt(ItemCodec.itemSizeBytes(item))
                .put(item.duplicate())
                .array();
    }

    static byte[] tombstone(long sequence, long deletedAtMillis) {
        return ByteBuffer.allocate(TOMBSTONE_BYTES)
                .put(TOMBSTONE)
                .putLong(sequence)
                .putLong(deletedAtMillis)
                .array();
    }

    static boolean isTombstone(byte[] record) {
        return switch (record[0]) {
            case ENTRY -> false;
            case TOMBSTONE -> true;
            default -> throw new IllegalStateException("an index record of the unknown kind " + record[0]);
        };
    }

    static long sequence(byte[] record) {
        return ByteBuffer.wrap(record).getLong(SEQUENCE_AT);
    }

    static long deletedAtMillis(byte[] tombstone) {
        return ByteBuffer.wrap(tombstone).getLong(TIME_AT);
    }

    static int itemSizeBytes(byte[] entry) {
        return ByteBuffer.wrap(entry).getInt(SIZE_AT);
    }

    static Item item(byte[] entry) {
        return ItemCodec.decode(ByteBuffer.wrap(entry, ITEM_AT, entry.length - ITEM_AT));
    }

    static Bytes dropKey(int indexId) {
        return Bytes.wrap(StateKeys.idPrefix(indexId));
    }

    static boolean isDrop(Bytes key) {
        return key.get().length == Integer.BYTES;
    }
}
