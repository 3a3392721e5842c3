package io.tailrace.processors.gsi;

import io.tailrace.schemas.bytes.Utf8;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.TableDefinition;
import java.util.Arrays;
import java.util.List;

/**
 * An index as a pure function of an item's two images. (Developer Guide, "Using Global Secondary Indexes in DynamoDB":
 * attribute projections, sparse indexes, reading and writing.)
 *
 * <p>An item without one of the index's key attributes, or with one of the wrong type, empty or too long, has no entry. Writes with
 * such values are refused by the engine; items that were there before the index are not.
 */
final class IndexMaintenance {
    /** (Developer Guide, "Service, account, and table quotas", partition key length and sort key length.) */
    private static final int MAX_PARTITION_KEY_BYTES = 2048;

    private static final int MAX_SORT_KEY_BYTES = 1024;

    private IndexMaintenance() {}

    /** The updates, a delete under the old key before a put under the new one; none when the entry does not change. */
    static List<IndexUpdate> update(
            TableDefinition table, IndexDefinition index, Item oldImage, Item newImage, long sequence) {
        byte[] oldKey = entryKey(table, index, oldImage);
        byte[] newKey = entryKey(table, index, newImage);
        if (newKey == null) {
            return oldKey == null ? List.of() : List.of(new IndexUpdate(oldKey, sequence, null));
        }
        Item entry = index.projection().apply(newImage, table.key(), index.key());
        IndexUpdate put = new IndexUpdate(newKey, sequence, entry);
        if (oldKey == null) {
            return List.of(put);
        }
        if (!Arrays.equals(oldKey, newKey)) {
            return List.of(new IndexUpdate(oldKey, sequence, null), put);
        }
        boolean unchanged =
                index.projection().apply(oldImage, table.key(), index.key()).equals(entry);
        return unchanged ? List.of() : List.of(put);
    }

    /**
     * The update by which an index that is being built learns of an item that was there before it; none when the item has no
     * entry in it.
     */
    static List<IndexUpdate> backfill(TableDefinition table, IndexDefinition index, Item image, long sequence) {
        return update(table, index, null, image, sequence);
    }

    private static byte[] entryKey(TableDefinition table, IndexDefinition index, Item image) {
        return image != null && isIndexed(index, image) ? StateKeys.indexKey(table, index, image) : null;
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
