package io.tailrace.engine.state;

import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keys and values of all that is no item: a letter, then what it is about. */
final class MetaKeys {
    /** Layout version of the state (4). */
    static final byte[] FORMAT = {'F'};
    /** Last applied sequence number (8), its commit time in micros (8). */
    static final byte[] APPLIED = {'A'};
    /** The smallest id never used (4). */
    static final byte[] NEXT_ID = {'I'};

    private static final byte TABLE = 'T';
    private static final byte STATISTICS = 'S';
    private static final byte COMMAND_OFFSET = 'C';
    private static final byte BACKFILLED = 'B';
    private static final byte TOKEN_COUNT = 'N';
    private static final byte STREAM = 'L';
    private static final byte GONE_REPLICA = 'G';
    /** Behind all other kinds, because there are many of them and the start reads the others only. */
    private static final byte REQUEST_TOKEN = 't';
    /** Behind all other kinds for the same reason. */
    private static final byte ITEM_COLLECTION = 'u';
    /** Behind all other kinds for the same reason. */
    private static final byte VERSION = 'v';
    /** Behind all other kinds for the same reason. */
    private static final byte DELETED_VERSION = 'w';

    private MetaKeys() {}

    /** Id of a table -> its last catalog change, an encoded change record. */
    static byte[] table(int tableId) {
        return key(TABLE, tableId);
    }

    /** Id of a table -> item count (8), size in bytes (8). */
    static byte[] statistics(int tableId) {
        return key(STATISTICS, tableId);
    }

    /** Partition of the commands topic -> the last offset that was carried out (8). */
    static byte[] commandOffset(int partition) {
        return key(COMMAND_OFFSET, partition);
    }

    /** Id of a table -> the state key of the last item that the backfill under way has told. */
    static byte[] backfilled(int tableId) {
        return key(BACKFILLED, tableId);
    }

    /** Id of a table, sequence number at which its stream was enabled (8) -> the stream. */
    static byte[] stream(int tableId, long startSequence) {
        return ByteBuffer.allocate(1 + Integer.BYTES + Long.BYTES)
                .put(key(STREAM, tableId))
                .putLong(startSequence)
                .array();
    }

    /** Id of a global table, name of a table that was a replica of it, both in UTF-8 -> the table's last definition. */
    static byte[] goneReplica(TableDefinition table) {
        byte[] id = (table.details().globalTable().id() + " " + table.name()).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + id.length).put(GONE_REPLICA).put(id).array();
    }

    static boolean isGoneReplica(byte[] key) {
        return key[0] == GONE_REPLICA;
    }

    /** Period of request tokens -> how many there are (8). */
    static byte[] requestTokenCount(int period) {
        return key(TOKEN_COUNT, period);
    }

    /** Period, token in UTF-8 -> commit time in micros (8), fingerprint (32). */
    static byte[] requestToken(int period, String token) {
        byte[] name = token.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + Integer.BYTES + name.length)
                .put(key(REQUEST_TOKEN, period))
                .put(name)
                .array();
    }

    /** Where the tokens of this period begin; those of earlier ones are before it. */
    static byte[] requestTokens(int period) {
        return key(REQUEST_TOKEN, period);
    }

    static boolean isRequestToken(byte[] key) {
        return key[0] == REQUEST_TOKEN;
    }

    static boolean isRequestTokenCount(byte[] key) {
        return key[0] == TOKEN_COUNT;
    }

    /** Prefix of the keys of one partition key, table id first -> size of its item collection in bytes (8). */
    static byte[] itemCollection(byte[] partitionPrefix) {
        return ByteBuffer.allocate(1 + partitionPrefix.length)
                .put(ITEM_COLLECTION)
                .put(partitionPrefix)
                .array();
    }

    /** Where the item collections of a table begin; those of the next id begin where they end. */
    static byte[] itemCollections(int tableId) {
        return key(ITEM_COLLECTION, tableId);
    }

    /** State key of an item of a global table -> its version. */
    static byte[] version(byte[] stateKey) {
        return ByteBuffer.allocate(1 + stateKey.length)
                .put(VERSION)
                .put(stateKey)
                .array();
    }

    /** Where the versions of a table's items begin; those of the next id begin where they end. */
    static byte[] versions(int tableId) {
        return key(VERSION, tableId);
    }

    /** Period of the deletion, state key of an item of a global table -> the version of its deletion. */
    static byte[] deletedVersion(int period, byte[] stateKey) {
        return ByteBuffer.allocate(1 + Integer.BYTES + stateKey.length)
                .put(key(DELETED_VERSION, period))
                .put(stateKey)
                .array();
    }

    /** Where the deletions of a period begin; those of earlier ones are before it. */
    static byte[] deletedVersions(int period) {
        return key(DELETED_VERSION, period);
    }

    static boolean isVersion(byte[] key) {
        return key[0] == VERSION;
    }

    static boolean isDeletedVersion(byte[] key) {
        return key[0] == DELETED_VERSION;
    }

    /** The state key in the key of a version. */
    static byte[] stateKeyOfVersion(byte[] key) {
        return Arrays.copyOfRange(key, isVersion(key) ? 1 : 1 + Integer.BYTES, key.length);
    }

    /** Where the versions of the table end whose version this is, or those of its deletions in the same period. */
    static byte[] behindTableOfVersion(byte[] key) {
        int prefixBytes = key.length - stateKeyOfVersion(key).length + Integer.BYTES;
        return StateKeys.successor(Arrays.copyOf(key, prefixBytes));
    }

    /** Whether there are many of this kind: they are read when they are needed, not at the start. */
    static boolean isReadOnDemand(byte[] key) {
        return key[0] >= REQUEST_TOKEN;
    }

    static boolean isTable(byte[] key) {
        return key[0] == TABLE;
    }

    static boolean isStream(byte[] key) {
        return key[0] == STREAM;
    }

    static boolean isStatistics(byte[] key) {
        return key[0] == STATISTICS;
    }

    static boolean isBackfilled(byte[] key) {
        return key[0] == BACKFILLED;
    }

    static boolean isCommandOffset(byte[] key) {
        return key[0] == COMMAND_OFFSET;
    }

    /** The number in a key of one of the kinds above. */
    static int number(byte[] key) {
        return ByteBuffer.wrap(key).getInt(1);
    }

    static byte[] ofInt(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    static byte[] ofLong(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    static byte[] ofLongs(long first, long second) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(first)
                .putLong(second)
                .array();
    }

    private static byte[] key(byte kind, int number) {
        return ByteBuffer.allocate(1 + Integer.BYTES).put(kind).putInt(number).array();
    }
}
