package io.tailrace.schemas.key;

import io.tailrace.schemas.bytes.ByteSink;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import java.nio.ByteBuffer;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * The hash of a partition key: 32 bits, to be read as unsigned. Scan order, parallel scan segments and Kafka partitions
 * are all ranges of it.
 */
public final class PartitionHash {
    private PartitionHash() {}

    /** The hash of the item's partition key under {@code key}; the item has all its attributes. */
    public static int of(KeySchema key, Item item) {
        ByteSink sink = new ByteSink();
        writePartitionKey(key, item, sink);
        return ofEncoded(sink.asByteBuffer());
    }

    /** The hash of partition key components that {@link KeyCodec} has encoded. */
    public static int ofEncoded(ByteBuffer partitionKey) {
        return MurmurHash3.hash32x86(
                partitionKey.array(),
                partitionKey.arrayOffset() + partitionKey.position(),
                partitionKey.remaining(),
                0);
    }

    /** Which of {@code partitions} equal ranges of the hash space holds {@code hash}. */
    public static int partition(int hash, int partitions) {
        return (int) (Integer.toUnsignedLong(hash) * partitions >>> 32);
    }

    static void writePartitionKey(KeySchema key, Item item, ByteSink sink) {
        for (KeyAttribute attribute : key.partitionKey()) {
            KeyCodec.write(item.get(attribute.name()), sink);
        }
    }
}
