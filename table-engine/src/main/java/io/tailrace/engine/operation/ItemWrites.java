package io.tailrace.engine.operation;

import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;

/** What the answers of single-item writes have in common: consumed capacity and item collection metrics. */
final class ItemWrites {
    private static final String ALL_OLD = "ALL_OLD";
    private static final String SIZE = "SIZE";

    private ItemWrites() {}

    static boolean returnsAllOld(String returnValues) {
        return ALL_OLD.equals(returnValues);
    }

    /** @param tableName as the request spelled it */
    static ConsumedCapacity capacity(
            String tableName, String returnConsumedCapacity, TableDefinition table, Item oldItem, Item newItem) {
        CapacityAccount.Detail detail = CapacityAccount.Detail.of(returnConsumedCapacity);
        if (detail == CapacityAccount.Detail.NONE) {
            return null;
        }
        CapacityAccount account = new CapacityAccount(tableName);
        WriteCapacity.of(table, oldItem, newItem, 1).addTo(account);
        return account.report(detail, CapacityAccount.Kind.PLAIN);
    }

    /**
     * The metrics of the item's collection, null when they were not asked for or the table has no local indexes. DynamoDB
     * gives the size as an estimate in whole gigabytes; a plan sees single items only, so it is always the first one.
     */
    static ItemCollectionMetrics collectionMetrics(
            String returnItemCollectionMetrics, TableDefinition table, Item item) {
        if (!SIZE.equals(returnItemCollectionMetrics)
                || table.localSecondaryIndexes().isEmpty()) {
            return null;
        }
        List<String> partitionKey =
                table.key().partitionKey().stream().map(KeyAttribute::name).toList();
        return new ItemCollectionMetrics(item.project(partitionKey), List.of(0.0, 1.0));
    }
}
