package io.tailrace.engine.journal;

import io.tailrace.schemas.codec.ChangeSlices;
import io.tailrace.schemas.key.StateKeys;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * One change of a commit, encoded once: recovery and capture pass on the images in the change record without decoding
 * them. The arrays are not to be changed.
 *
 * @param catalog whether a table was created, updated or deleted, rather than an item
 * @param stateKey the item's key in {@code StateKeys.tableKey}'s layout; of a catalog change, the table's id alone
 * @param partitionKeyLength of the encoded partition key in {@code stateKey}; 0 for a catalog change
 * @param changeRecord the Avro body of the {@code ChangeRecord}, without framing
 */
public record JournalMutation(boolean catalog, byte[] stateKey, int partitionKeyLength, ByteBuffer changeRecord) {
    private static final int ID_BYTES = 4;
    private static final int PARTITION_KEY_OFFSET = 8;

    public JournalMutation {
        Objects.requireNonNull(stateKey);
        changeRecord = changeRecord.slice();
        if (partitionKeyLength < 0 || partitionKeyLength > stateKey.length - keyOffset(catalog)) {
            throw new IllegalArgumentException(
                    "a partition key of " + partitionKeyLength + " bytes in a key of " + stateKey.length);
        }
    }

    public int tableId() {
        return StateKeys.id(stateKey);
    }

    /** The partition key's hash, to be read as unsigned; 0 for a catalog change. */
    public int partitionHash() {
        return catalog ? 0 : StateKeys.hash(stateKey);
    }

    /** The Kafka record key: {@code StateKeys.topicKey}; of a catalog change, the table's id alone. */
    public byte[] topicKey() {
        byte[] key = new byte[ID_BYTES + partitionKeyLength];
        System.arraycopy(stateKey, 0, key, 0, ID_BYTES);
        System.arraycopy(stateKey, keyOffset(catalog), key, ID_BYTES, partitionKeyLength);
        return key;
    }

    /** The encoded partition key; nothing of a catalog change. */
    public byte[] partitionKey() {
        return Arrays.copyOfRange(stateKey, keyOffset(catalog), keyOffset(catalog) + partitionKeyLength);
    }

    /** The encoded partition key and sort key, if there is one; nothing of a catalog change. */
    public byte[] itemKey() {
        return Arrays.copyOfRange(stateKey, keyOffset(catalog), stateKey.length);
    }

    /** What all keys of the item's table and partition key begin with: {@code StateKeys.partitionPrefix}. */
    public byte[] partitionPrefix() {
        return Arrays.copyOf(stateKey, keyOffset(catalog) + partitionKeyLength);
    }

    /** The change record's bytes, read-only; each call returns its own buffer. */
    @Override
    public ByteBuffer changeRecord() {
        return changeRecord.asReadOnlyBuffer();
    }

    /** The change record taken apart, without a copy of its bytes. */
    public ChangeSlices slices() {
        return ChangeSlices.of(changeRecord);
    }

    private static int keyOffset(boolean catalog) {
        return catalog ? ID_BYTES : PARTITION_KEY_OFFSET;
    }
}
