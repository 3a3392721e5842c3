package io.tailrace.engine.writer;

import io.tailrace.engine.read.StoredItem;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.TableDefinition;
import java.util.Objects;

/**
 * An item is put, replaced or deleted. When old and new item are equal nothing is journaled, except of global tables: there
 * the item gets a version all the same, so that the write wins over earlier ones of other regions.
 *
 * @param key the key attributes only
 * @param oldItem as {@link PlanContext#item} returned it; null when there was none
 * @param newItem null to delete
 * @param replicated the version that the write has in the region where it was accepted; null when that is this one
 */
public record ItemMutation(TableDefinition table, Item key, StoredItem oldItem, Item newItem, ItemVersion replicated)
        implements Mutation {
    public ItemMutation {
        Objects.requireNonNull(table);
        Objects.requireNonNull(key);
    }

    /** A write that is accepted here. */
    public ItemMutation(TableDefinition table, Item key, StoredItem oldItem, Item newItem) {
        this(table, key, oldItem, newItem, null);
    }

    /** Whether the item is the same afterwards, so that no stream needs to know. */
    public boolean changesNothing() {
        if (oldItem == null) {
            return newItem == null;
        }
        return newItem != null && oldItem.item().equals(newItem);
    }
}
