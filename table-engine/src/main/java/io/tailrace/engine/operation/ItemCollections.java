package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.TableDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The item collections that one plan changes, in tables with local secondary indexes: keeps them within their limit and
 * tells their sizes. (Developer Guide, "Item collections in Local Secondary Indexes".)
 */
final class ItemCollections {
    private static final String SIZE = "SIZE";
    private static final long GIGABYTE = 1L << 30;

    private final PlanContext context;
    private final Map<Collection, Long> sizes = new HashMap<>();

    ItemCollections(PlanContext context) {
        this.context = context;
    }

    static boolean areAskedFor(String returnItemCollectionMetrics) {
        return SIZE.equals(returnItemCollectionMetrics);
    }

    /**
     * Notes a write.
     *
     * @param oldItem null for none, like {@code newItem}
     * @throws DynamoException ItemCollectionSizeLimitExceededException when the collection would outgrow its limit
     */
    void add(TableDefinition table, Item oldItem, Item newItem) {
        if (table.localSecondaryIndexes().isEmpty() || oldItem == null && newItem == null) {
            return;
        }
        Collection collection = collection(table, newItem == null ? oldItem : newItem);
        long growth = ItemSize.inCollection(table, newItem) - ItemSize.inCollection(table, oldItem);
        long size = size(table, collection) + growth;
        if (growth > 0 && size > context.settings().maxItemCollectionBytes()) {
            throw new DynamoException(
                    ErrorType.ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED, ErrorMessages.itemCollectionTooLarge());
        }
        sizes.put(collection, size);
    }

    /**
     * The metrics of an item's collection after the writes; null in tables without local indexes. The size is an estimate in
     * whole gigabytes. (API Reference, ItemCollectionMetrics.)
     */
    ItemCollectionMetrics metrics(TableDefinition table, Item item) {
        if (table.localSecondaryIndexes().isEmpty()) {
            return null;
        }
        Collection collection = collection(table, item);
        double gigabytes = Math.floorDiv(size(table, collection), GIGABYTE);
        return new ItemCollectionMetrics(collection.key(), List.of(gigabytes, gigabytes + 1));
    }

    private long size(TableDefinition table, Collection collection) {
        Long noted = sizes.get(collection);
        return noted == null ? context.itemCollectionBytes(table, collection.key()) : noted;
    }

    private static Collection collection(TableDefinition table, Item item) {
        return new Collection(
                table.id(),
                item.project(table.key().partitionKey().stream()
                        .map(KeyAttribute::name)
                        .toList()));
    }

    /** @param key the partition key alone */
    private record Collection(int tableId, Item key) {}
}
