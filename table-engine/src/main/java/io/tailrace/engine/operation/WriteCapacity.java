package io.tailrace.engine.operation;

import io.tailrace.engine.limits.Limits;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The write capacity units of changing an item, in the table and in each index that it touches. A write takes a unit per
 * kilobyte of the larger image, one at least, even when it changes nothing. An index takes units for the entry that goes and
 * for the entry that comes; when an entry stays under its key but changes, for the larger of the two; when nothing that it
 * projects changes, none. (Developer Guide, "DynamoDB read and write operations" and "Provisioned throughput considerations
 * for global secondary indexes".)
 */
final class WriteCapacity {
    private final double tableUnits;
    private final Map<String, Double> localIndexUnits = new TreeMap<>();
    private final Map<String, Double> globalIndexUnits = new TreeMap<>();

    private WriteCapacity(double tableUnits) {
        this.tableUnits = tableUnits;
    }

    /**
     * @param oldItem null when there was none
     * @param newItem null when there is none afterwards
     * @param unitsPerKilobyte 1, or 2 in transactions
     */
    static WriteCapacity of(TableDefinition table, Item oldItem, Item newItem, int unitsPerKilobyte) {
        WriteCapacity capacity = new WriteCapacity(unitsPerKilobyte * units(size(oldItem), size(newItem)));
        addIndexes(table, table.localSecondaryIndexes(), oldItem, newItem, unitsPerKilobyte, capacity.localIndexUnits);
        addIndexes(
                table, table.maintainedGlobalIndexes(), oldItem, newItem, unitsPerKilobyte, capacity.globalIndexUnits);
        return capacity;
    }

    void addTo(CapacityAccount account) {
        account.addTable(tableUnits);
        localIndexUnits.forEach(account::addLocalIndex);
        globalIndexUnits.forEach(account::addGlobalIndex);
    }

    private static void addIndexes(
            TableDefinition table,
            List<IndexDefinition> indexes,
            Item oldItem,
            Item newItem,
            int unitsPerKilobyte,
            Map<String, Double> units) {
        for (IndexDefinition index : indexes) {
            double indexUnits = unitsPerKilobyte * indexUnits(table, index, oldItem, newItem);
            if (indexUnits > 0) {
                units.put(index.name(), indexUnits);
            }
        }
    }

    private static int indexUnits(TableDefinition table, IndexDefinition index, Item oldItem, Item newItem) {
        Item oldEntry = entry(table, index, oldItem);
        Item newEntry = entry(table, index, newItem);
        if (oldEntry == null && newEntry == null) {
            return 0;
        }
        if (oldEntry == null || newEntry == null) {
            return units(size(oldEntry), size(newEntry));
        }
        if (oldEntry.equals(newEntry)) {
            return 0;
        }
        boolean sameKey = index.key().keyOf(oldEntry).equals(index.key().keyOf(newEntry));
        return sameKey ? units(size(oldEntry), size(newEntry)) : units(size(oldEntry), 0) + units(0, size(newEntry));
    }

    /** The item as the index holds it, or null when the index has no entry for it. */
    private static Item entry(TableDefinition table, IndexDefinition index, Item item) {
        return item == null || !index.key().isCompleteIn(item)
                ? null
                : index.projection().apply(item, table.key(), index.key());
    }

    private static int size(Item item) {
        return item == null ? 0 : ItemSize.of(item);
    }

    private static int units(int oldSize, int newSize) {
        int bytes = Math.max(1, Math.max(oldSize, newSize));
        return (bytes + Limits.WRITE_UNIT_BYTES - 1) / Limits.WRITE_UNIT_BYTES;
    }
}
