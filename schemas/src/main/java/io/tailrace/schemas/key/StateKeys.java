package io.tailrace.schemas.key;

import io.tailrace.schemas.bytes.ByteSink;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys of table state and of index stores, which have one layout, and the ranges that reads need. Components are
 * {@link KeyCodec}'s, integers are big endian.
 *
 * <pre>
 * table   table id (4) | hash (4) | partition key | sort key, if any
 * index   index id (4) | hash of the index's partition key (4) | index partition key | index sort key
 *         | table partition key | table sort key, if any
 * </pre>
 *
 * <p>The table's key at the end makes index keys unique. Ids of tables and indexes are positive and never reused.
 */
public final class StateKeys {
    private static final int ID_BYTES = 4;
    private static final int HASH_BYTES = 4;
    private static final long HASH_SPACE = 1L << 32;

    private StateKeys() {}

    /** The key of the item that has the key attributes in {@code key}; other attributes do not matter. */
    public static byte[] tableKey(TableDefinition table, Item key) {
        ByteSink sink = new ByteSink();
        writePartition(table.id(), table.key(), key, sink);
        writeSortKey(table.key(), key, sink);
        return sink.toByteArray();
    }

    /**
     * The key attributes of the item that has this key in the table.
     *
     * @throws IllegalArgumentException when it is no key of the table
     */
    public static Item keyOf(TableDefinition table, byte[] tableKey) {
        ByteBuffer in = ByteBuffer.wrap(tableKey);
        in.position(ID_BYTES + HASH_BYTES);
        Map<String, AttributeValue> key = new LinkedHashMap<>();
        for (KeyAttribute attribute : table.key().attributes()) {
            key.put(attribute.name(), KeyCodec.read(attribute.type(), in));
        }
        return Item.copyOf(key);
    }

    /** The key of the item's entry in an index; the item has all key attributes of table and index. */
    public static byte[] indexKey(TableDefinition table, IndexDefinition index, Item item) {
        ByteSink sink = new ByteSink();
        writePartition(index.id(), index.key(), item, sink);
        writeSortKey(index.key(), item, sink);
        PartitionHash.writePartitionKey(table.key(), item, sink);
        writeSortKey(table.key(), item, sink);
        return sink.toByteArray();
    }

    /** What all keys of one partition key of a table or index begin with. */
    public static byte[] partitionPrefix(int id, KeySchema key, Item item) {
        ByteSink sink = new ByteSink();
        writePartition(id, key, item, sink);
        return sink.toByteArray();
    }

    /** What all keys of a table or index begin with. */
    public static byte[] idPrefix(int id) {
        return new ByteSink(ID_BYTES).putInt(id).toByteArray();
    }

    /** The first possible key of a parallel scan's segment, inclusive; segments are numbered from 0. */
    public static byte[] segmentStart(int id, int segment, int totalSegments) {
        if (segment < 0 || segment >= totalSegments) {
            throw new IllegalArgumentException("segment " + segment + " of " + totalSegments);
        }
        return hashStart(id, firstHash(segment, totalSegments));
    }

    /** The end of a parallel scan's segment, exclusive. */
    public static byte[] segmentEnd(int id, int segment, int totalSegments) {
        return segment == totalSegments - 1 ? successor(idPrefix(id)) : segmentStart(id, segment + 1, totalSegments);
    }

    /** The smallest key above all keys that begin with {@code prefix}. */
    public static byte[] successor(byte[] prefix) {
        for (int last = prefix.length - 1; last >= 0; last--) {
            if (prefix[last] != (byte) 0xFF) {
                byte[] successor = Arrays.copyOf(prefix, last + 1);
                successor[last]++;
                return successor;
            }
        }
        throw new IllegalArgumentException("nothing comes after keys of FF bytes only");
    }

    /** The smallest key above {@code key} itself: where a read goes on after it. */
    public static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /** Strings key parts together, for example a partition prefix and an encoded sort key. */
    public static byte[] concat(byte[]... parts) {
        ByteSink sink = new ByteSink();
        for (byte[] part : parts) {
            sink.put(part);
        }
        return sink.toByteArray();
    }

    /** The id of the table or index at the start of a key. */
    public static int id(byte[] stateKey) {
        return intAt(stateKey, 0);
    }

    /** The partition key's hash in a key, to be read as unsigned. */
    public static int hash(byte[] stateKey) {
        return intAt(stateKey, ID_BYTES);
    }

    /** The Kafka record key in the mutations and commands topics. */
    public static byte[] topicKey(TableDefinition table, Item key) {
        ByteSink sink = new ByteSink();
        sink.putInt(table.id());
        PartitionHash.writePartitionKey(table.key(), key, sink);
        return sink.toByteArray();
    }

    /** The Kafka record key in the table's stream topic. */
    public static byte[] streamTopicKey(TableDefinition table, Item key) {
        ByteSink sink = new ByteSink();
        PartitionHash.writePartitionKey(table.key(), key, sink);
        return sink.toByteArray();
    }

    /** The smallest hash that {@link PartitionHash#partition} puts into {@code segment}, rounded up. */
    private static long firstHash(int segment, int totalSegments) {
        return (segment * HASH_SPACE + totalSegments - 1) / totalSegments;
    }

    private static byte[] hashStart(int id, long hash) {
        return new ByteSink(ID_BYTES + HASH_BYTES).putInt(id).putInt((int) hash).toByteArray();
    }

    private static void writePartition(int id, KeySchema key, Item item, ByteSink sink) {
        byte[] partitionKey = encodedPartitionKey(key, item);
        sink.putInt(id);
        sink.putInt(PartitionHash.ofEncoded(ByteBuffer.wrap(partitionKey)));
        sink.put(partitionKey);
    }

    private static byte[] encodedPartitionKey(KeySchema key, Item item) {
        ByteSink sink = new ByteSink();
        PartitionHash.writePartitionKey(key, item, sink);
        return sink.toByteArray();
    }

    private static void writeSortKey(KeySchema key, Item item, ByteSink sink) {
        for (KeyAttribute attribute : key.sortKey()) {
            KeyCodec.write(item.get(attribute.name()), sink);
        }
    }

    private static int intAt(byte[] bytes, int offset) {
        return (bytes[offset] & 0xFF) << 24
                | (bytes[offset + 1] & 0xFF) << 16
                | (bytes[offset + 2] & 0xFF) << 8
                | bytes[offset + 3] & 0xFF;
    }
}
