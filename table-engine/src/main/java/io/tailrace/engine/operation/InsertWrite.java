package io.tailrace.engine.operation;

import io.tailrace.engine.error.CancellationReason;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.StatementErrorMessages;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;

/**
 * INSERT: makes an item where there is none. (Developer Guide, "PartiQL insert statements for DynamoDB".)
 *
 * @param put the same without looking whether there is an item
 */
record InsertWrite(PutWrite put) implements ItemWrite {
    /** @throws DynamoException when no table can take the item */
    InsertWrite {
        ItemValidator.checkItem(put.item(), List.of(), "");
        ItemValidator.checkPutSize(put.item());
    }

    @Override
    public TableReference table() {
        return put.table();
    }

    @Override
    public WriteCondition condition() {
        return put.condition();
    }

    @Override
    public void verify(TableDefinition definition) {
        for (KeyAttribute attribute : definition.key().attributes()) {
            AttributeValue value = put.item().get(attribute.name());
            if (value == null) {
                throw DynamoException.validation(StatementErrorMessages.keyMissing(attribute.name()));
            }
            if (value.type() != attribute.type()) {
                throw DynamoException.validation(StatementErrorMessages.keyType(attribute.name()));
            }
        }
        put.verify(definition);
    }

    @Override
    public Item key(TableDefinition definition) {
        return put.key(definition);
    }

    @Override
    public CancellationReason refusal(Item item) {
        return item == null ? CancellationReason.NONE : CancellationReason.duplicateItem();
    }

    @Override
    public Item newItem(TableDefinition definition, Item oldItem) {
        return put.newItem(definition, oldItem);
    }
}
