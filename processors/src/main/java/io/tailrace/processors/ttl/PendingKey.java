package io.tailrace.processors.ttl;

import io.tailrace.schemas.key.StateKeys;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the store of pending expiries: those of one table in the order of their times. Integers are big endian.
 *
 * <pre>
 * table id (4) | generation (8) | time in milliseconds since 1970 (8) | the item's key, as in the table's state
 * </pre>
 *
 * <p>The generation is the sequence number of the commit that switched time to live on, so that what was pending before
 * can be told from what is pending now, and forgotten at leisure.
 */
final class PendingKey {
    private static final int GENERATION = 4;
    private static final int TIME = 12;
    private static final int ITEM = 20;
    private static final int ID_BYTES = 4;

    private PendingKey() {}

    /** @param stateKey of the item, as {@link StateKeys#tableKey} makes it */
    static Bytes of(long generation, long expiryMillis, byte[] stateKey) {
        return Bytes.wrap(ByteBuffer.allocate(ITEM - ID_BYTES + stateKey.length)
                .putInt(StateKeys.id(stateKey))
                .putLong(generation)
                .putLong(expiryMillis)
                .put(stateKey, ID_BYTES, stateKey.length - ID_BYTES)
                .array());
    }

    /** Before all keys of a table's generation with this time or a later one. */
    static Bytes at(int tableId, long generation, long expiryMillis) {
        return Bytes.wrap(ByteBuffer.allocate(ITEM)
                .putInt(tableId)
                .putLong(generation)
                .putLong(expiryMillis)
                .array());
    }

    /** Before all keys of a table's generation. */
    static Bytes start(int tableId, long generation) {
        return Bytes.wrap(
                ByteBuffer.allocate(TIME).putInt(tableId).putLong(generation).array());
    }

    /** Behind all keys of a table's generation. */
    static Bytes end(int tableId, long generation) {
        return Bytes.wrap(StateKeys.successor(start(tableId, generation).get()));
    }

    static int tableId(Bytes key) {
        return StateKeys.id(key.get());
    }

    static long generation(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(GENERATION);
    }

    static long expiryMillis(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(TIME);
    }
}
