package io.tailrace.processors.gsi;

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
 * <p>An item without one of the index's key attributes, or with one of the wrong type or empty, has no entry. Writes with
 * such values are refused by the engine; items that were there before the index are not.
 */
final class IndexMaintenance {
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

    private static byte[] entryKey(TableDefinition table, IndexDefinition index, Item image) {
        return image != null && isIndexed(index, image) ? StateKeys.indexKey(table, index, image) : null;
    }

    private static boolean isIndexed(IndexDefinition index, Item image) {
        if (!index.key().isCompleteIn(image)) {
            return false;
        }
        for (KeyAttribute attribute : index.key().attributes()) {
            if (isEmpty(image.get(attribute.name()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEmpty(AttributeValue value) {
        return value instanceof AttributeValue.S text && text.value().isEmpty()
                || value instanceof AttributeValue.B binary && binary.value().size() == 0;
    }
}
