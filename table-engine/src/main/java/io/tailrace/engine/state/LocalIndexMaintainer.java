package io.tailrace.engine.state;

import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a change of an item does to the table's local secondary indexes: a pure function of the two images. An item without
 * all of an index's key attributes has no entry in it. (Developer Guide, "Local secondary indexes".)
 */
final class LocalIndexMaintainer {
    /**
     * One write to an index.
     *
     * @param value the encoded item as the index projects it; null to delete the entry
     */
    record IndexWrite(byte[] key, byte[] value) {}

    private LocalIndexMaintainer() {}

    /** The writes, deletions first; either item may be null for none. */
    static List<IndexWrite> writes(TableDefinition table, Item oldItem, Item newItem) {
        List<IndexWrite> deletions = new ArrayList<>();
        List<IndexWrite> puts = new ArrayList<>();
        for (IndexDefinition index : table.localSecondaryIndexes()) {
            byte[] oldKey = entryKey(table, index, oldItem);
            byte[] newKey = entryKey(table, index, newItem);
            if (oldKey != null && !Arrays.equals(oldKey, newKey)) {
                deletions.add(new IndexWrite(oldKey, null));
            }
            if (newKey != null) {
                Item projected = index.projection().apply(newItem, table.key(), index.key());
                puts.add(new IndexWrite(newKey, ItemCodec.encode(projected)));
            }
        }
        deletions.addAll(puts);
        return deletions;
    }

    /** What the index holds of an item; null when that is nothing. */
    static Item entry(TableDefinition table, IndexDefinition index, Item item) {
        return item != null && index.key().isCompleteIn(item)
                ? index.projection().apply(item, table.key(), index.key())
                : null;
    }

    private static byte[] entryKey(TableDefinition table, IndexDefinition index, Item item) {
        return item != null && index.key().isCompleteIn(item) ? StateKeys.indexKey(table, index, item) : null;
    }
}
