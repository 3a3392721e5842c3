package io.tailrace.engine.operation;

import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;

/** Creates or replaces an item. */
record PutWrite(TableReference table, Item item, WriteCondition condition) implements ItemWrite {
    @Override
    public void verify(TableDefinition definition) {
        KeyValidator.checkItem(definition, item);
        condition.verify(definition);
    }

    @Override
    public Item key(TableDefinition definition) {
        return definition.key().keyOf(item);
    }

    @Override
    public Item newItem(TableDefinition definition, Item oldItem) {
        return item;
    }
}
