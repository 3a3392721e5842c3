package io.tailrace.engine.operation;

import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;

/** Leaves an item as it is: only its condition matters. */
record CheckWrite(TableReference table, Item key, WriteCondition condition) implements ItemWrite {
    @Override
    public void verify(TableDefinition definition) {
        KeyValidator.checkKey(definition, key);
        condition.verify(definition);
    }

    @Override
    public Item key(TableDefinition definition) {
        return definition.key().keyOf(key);
    }

    @Override
    public Item newItem(TableDefinition definition, Item oldItem) {
        return oldItem;
    }
}
