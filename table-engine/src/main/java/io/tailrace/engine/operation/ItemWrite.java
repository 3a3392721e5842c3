package io.tailrace.engine.operation;

import io.tailrace.engine.error.CancellationReason;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;

/** A write of one item, on its own or within a transaction, validated as far as that needs no state. */
interface ItemWrite {
    TableReference table();

    /** What must hold of the item as it is. */
    WriteCondition condition();

    /** Refuses the write if the table cannot take it, whatever the item is. */
    void verify(TableDefinition definition);

    /** The key of the item; {@link #verify} need not have passed. */
    Item key(TableDefinition definition);

    /**
     * Why the write cannot be done on the item as it is, or {@link CancellationReason#NONE}.
     *
     * @param item null when there is none
     */
    default CancellationReason refusal(Item item) {
        if (condition().holds(item)) {
            return CancellationReason.NONE;
        }
        return CancellationReason.conditionalCheckFailed(condition().showItem() ? item : null);
    }

    /**
     * The item afterwards, null for none; refuses the write if there cannot be such an item.
     *
     * @param oldItem null when there is none
     */
    Item newItem(TableDefinition definition, Item oldItem);
}
