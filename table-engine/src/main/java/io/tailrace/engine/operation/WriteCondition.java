package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.expression.BoundCondition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;

/**
 * The condition of a write, if any, and what a failure shows.
 *
 * @param condition null for none
 * @param showItem whether a failure carries the item as it is
 */
record WriteCondition(BoundCondition condition, boolean showItem) {
    /** Checks the condition's paths against the table. */
    void verify(TableDefinition table) {
        if (condition != null) {
            ExpressionPaths.verify(table, condition.paths());
        }
    }

    /** Refuses the write unless the condition holds on {@code item}, which is null when there is none. */
    void require(Item item) {
        if (!holds(item)) {
            throw DynamoException.conditionalCheckFailed(showItem ? item : null);
        }
    }

    boolean holds(Item item) {
        return condition == null || condition.test(item);
    }
}
