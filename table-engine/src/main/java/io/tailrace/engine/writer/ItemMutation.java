package io.tailrace.engine.writer;

import io.tailrace.engine.read.StoredItem;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.util.Objects;

/**
 * An item is put, replaced or deleted. When old and new item are equal nothing is journaled.
 *
 * @param key the key attributes only
 * @param oldItem as {@link PlanContext#item} returned it; null when there was none
 * @param newItem null to delete
 */
public record ItemMutation(TableDefinition table, Item key, StoredItem oldItem, Item newItem) implements Mutation {
    public ItemMutation {
        Objects.requireNonNull(table);
        Objects.requireNonNull(key);
    }

    /** Whether the item is the same afterwards, so that neither the journal nor a stream needs to know. */
    public boolean changesNothing() {
        if (oldItem == null) {
            return newItem == null;
        }
        return newItem != null && oldItem.item().equals(newItem);
    }
}
