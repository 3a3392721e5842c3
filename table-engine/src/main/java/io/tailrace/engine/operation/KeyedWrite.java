package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.StatementErrorMessages;
import io.tailrace.engine.expression.BoundUpdate;
import io.tailrace.engine.expression.Condition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;

/**
 * UPDATE, DELETE and EXISTS: a write whose key is among the terms of its WHERE clause, and therefore known only together with
 * the table. (Developer Guide, "PartiQL update statements for DynamoDB" and "PartiQL delete statements for DynamoDB".)
 *
 * @param terms what the clause asks of the item
 * @param update null for a write that is no update
 */
record KeyedWrite(
        Effect effect, TableReference table, List<Condition> terms, BoundUpdate update, WriteCondition condition)
        implements ItemWrite {
    KeyedWrite {
        terms = List.copyOf(terms);
    }

    /** What becomes of the item. */
    enum Effect {
        UPDATE,
        DELETE,
        CHECK
    }

    @Override
    public void verify(TableDefinition definition) {
        resolved(definition).verify(definition);
    }

    @Override
    public Item key(TableDefinition definition) {
        return WhereTerms.key(definition, terms)
                .orElseThrow(() -> DynamoException.validation(StatementErrorMessages.keyEqualityMissing()));
    }

    @Override
    public Item newItem(TableDefinition definition, Item oldItem) {
        return resolved(definition).newItem(definition, oldItem);
    }

    /** The update of a table's item; only for {@link Effect#UPDATE}. */
    UpdateWrite updateOf(TableDefinition definition) {
        return new UpdateWrite(table, key(definition), update, condition);
    }

    private ItemWrite resolved(TableDefinition definition) {
        return switch (effect) {
            case UPDATE -> updateOf(definition);
            case DELETE -> new DeleteWrite(table, key(definition), condition);
            case CHECK -> new CheckWrite(table, key(definition), condition);
        };
    }
}
