package io.tailrace.processors.gsi;

import io.tailrace.schemas.bytes.Utf8;
import io.tailrace.schemas.codec.AttributeNames;
import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.Projection;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * An index as a pure function of an item's two images. (Developer Guide, "Using Global Secondary Indexes in DynamoDB":
 * attribute projections, sparse indexes, reading and writing.) Items stay encoded but for their keys: an index that holds whole
 * items takes their bytes as they are.
 *
 * <p>An item without one of the index's key attributes, or with one of the wrong type, empty or too long, has no entry. Writes with
 * such values are refused by the engine; items that were there before the index are not.
 */
final class IndexMaintenance {
    /** (Developer Guide, "Service, account, and table quotas", partition key length and sort key length.) */
    private static final int MAX_PARTITION_KEY_BYTES = 2048;

    private static final int MAX_SORT_KEY_BYTES = 1024;

    private final TableDefinition table;
    private final IndexDefinition index;
    /** What an entry has of the item; null when it has all. */
    private final AttributeNames projected;

    IndexMaintenance(TableDefinition table, IndexDefinition index) {
        this.table = table;
        this.index = index;
        Projection projection = index.projection();
        this.projected = projection.type() == Projection.Type.ALL
                ? null
                : AttributeNames.of(Stream.of(table.key().names(), index.key().names(), projection.nonKeyAttributes())
                        .flatMap(List::stream)
                        .toList());
    }

    IndexDefinition index() {
        return index;
    }

    /** The updates, a delete under the old key before a put under the new one; none when the entry does not change. */
    List<IndexUpdate> update(Image before, Image after, long sequence) {
        byte[] oldKey = entryKey(before);
        byte[] newKey = entryKey(after);
        if (newKey == null) {
            return oldKey == null ? List.of() : List.of(new IndexUpdate(oldKey, sequence, null));
        }
        ByteBuffer entry = entry(after);
        IndexUpdate put = new IndexUpdate(newKey, sequence, entry);
        if (oldKey == null) {
            return List.of(put);
        }
        if (!Arrays.equals(oldKey, newKey)) {
            return List.of(new IndexUpdate(oldKey, sequence, null), put);
        }
        return entry(before).equals(entry) ? List.of() : List.of(put);
    }

    /**
     * The update by which an index that is being built learns of an item that was there before it; none when the item has no
     * entry in it.
     */
    List<IndexUpdate> backfill(Image image, long sequence) {
        return update(null, image, sequence);
    }

    private byte[] entryKey(Image image) {
        return image != null && isIndexed(index, image.keys()) ? StateKeys.indexKey(table, index, image.keys()) : null;
    }

    private ByteBuffer entry(Image image) {
        if (projected == null) {
            return image.encoded();
        }
        Item parts = ItemCodec.decode(image.encoded(), projected);
        return ByteBuffer.wrap(ItemCodec.encode(index.projection().apply(parts, table.key(), index.key())));
    }

    private static boolean isIndexed(IndexDefinition index, Item image) {
        if (!index.key().isCompleteIn(image)) {
            return false;
        }
        return haveSizes(index.key().partitionKey(), image, MAX_PARTITION_KEY_BYTES)
                && haveSizes(index.key().sortKey(), image, MAX_SORT_KEY_BYTES);
    }

    /** Whether none of the attributes is empty and all together are not too long. */
    private static boolean haveSizes(List<KeyAttribute> attributes, Item image, int maxBytes) {
        int bytes = 0;
        for (KeyAttribute attribute : attributes) {
            int length = scalarBytes(image.get(attribute.name()));
            if (length == 0) {
                return false;
            }
            bytes += length;
        }
        return bytes <= maxBytes;
    }

    /** The bytes of a string or binary; numbers are of bounded size and count as one. */
    private static int scalarBytes(AttributeValue value) {
        if (value instanceof AttributeValue.S text) {
            return Utf8.length(text.value());
        }
        return value instanceof AttributeValue.B binary ? binary.value().size() : 1;
    }
}
