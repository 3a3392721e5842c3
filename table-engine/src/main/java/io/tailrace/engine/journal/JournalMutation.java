package io.tailrace.engine.journal;

import io.tailrace.schemas.key.StateKeys;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * One change of a commit, encoded. The change record is what Kafka gets; the images are parts of its bytes, so that
 * neither capture nor recovery decodes an item that it only passes on. Arrays and buffers are not to be changed.
 *
 * @param catalog whether a table was created, updated or deleted, rather than an item
 * @param stateKey the item's key in {@code StateKeys.tableKey}'s layout; of a catalog change, the table's id alone
 * @param partitionKeyLength of the encoded partition key in {@code stateKey}; 0 for a catalog change
 * @param sizeDeltaBytes by how much the item grew, by DynamoDB's item size rules
 * @param changeRecord the Avro body of the {@code ChangeRecord}, without framing
 */
public record JournalMutation(
        boolean catalog,
        byte[] stateKey,
        int partitionKeyLength,
        int sizeDeltaBytes,
        ByteBuffer changeRecord,
        Images images) {
    private static final int ID_BYTES = 4;
    private static final int PARTITION_KEY_OFFSET = 8;

    public JournalMutation {
        Objects.requireNonNull(stateKey);
        Objects.requireNonNull(images);
        changeRecord = changeRecord.asReadOnlyBuffer();
        int least = catalog ? ID_BYTES : PARTITION_KEY_OFFSET + partitionKeyLength;
        if (partitionKeyLength < 0 || stateKey.length < least || !images.fitInto(changeRecord.remaining())) {
            throw new IllegalArgumentException("a key of " + stateKey.length + " bytes with a partition key of "
                    + partitionKeyLength + "; " + images + " in " + changeRecord.remaining() + " bytes");
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
        System.arraycopy(stateKey, catalog ? ID_BYTES : PARTITION_KEY_OFFSET, key, ID_BYTES, partitionKeyLength);
        return key;
    }

    /** The change record's bytes; each call returns its own buffer. */
    @Override
    public ByteBuffer changeRecord() {
        return changeRecord.duplicate();
    }

    /** The encoded old item, or null when there was none. */
    public byte[] oldImage() {
        return image(images.oldOffset(), images.oldLength());
    }

    /** The encoded new item, or null when it was deleted. */
    public byte[] newImage() {
        return image(images.newOffset(), images.newLength());
    }

    private byte[] image(int offset, int length) {
        if (length == Images.ABSENT) {
            return null;
        }
        byte[] image = new byte[length];
        changeRecord.get(changeRecord.position() + offset, image);
        return image;
    }
}
