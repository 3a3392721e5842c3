package io.tailrace.engine.operation;

import io.tailrace.engine.error.CancellationReason;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.error.StatementErrorMessages;
import io.tailrace.engine.expression.UpdateResult;
import io.tailrace.engine.partiql.Returning;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.writer.ItemMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;

/** INSERT, UPDATE or DELETE on its own. (API Reference, ExecuteStatement.) */
final class StatementWriteOperation implements WriteOperation<ExecuteStatementResponse> {
    private final PreparedStatement statement;
    private final ItemWrite write;
    private final String returnConsumedCapacity;

    StatementWriteOperation(PreparedStatement statement, String returnConsumedCapacity) {
        this.statement = statement;
        this.write = statement.write();
        this.returnConsumedCapacity = returnConsumedCapacity;
    }

    @Override
    public Plan<ExecuteStatementResponse> plan(PlanContext context) {
        TableDefinition definition = write.table().resolve(context);
        write.verify(definition);
        Item key = write.key(definition);
        StoredItem stored = context.item(definition, key);
        Item oldItem = stored == null ? null : stored.item();
        require(oldItem);
        UpdateResult result = null;
        Item newItem;
        if (write instanceof KeyedWrite keyed && keyed.effect() == KeyedWrite.Effect.UPDATE) {
            UpdateWrite update = keyed.updateOf(definition);
            result = update.apply(definition, oldItem);
            newItem = update.newItem(definition, oldItem, result);
        } else {
            newItem = write.newItem(definition, oldItem);
        }
        new ItemCollections(context).add(definition, oldItem, newItem);
        Item returned = returned(statement.returning(), oldItem, newItem, result);
        return new Plan<>(
                List.of(new ItemMutation(definition, key, stored, newItem)),
                new ExecuteStatementResponse(
                        returned == null || returned.isEmpty() ? List.of() : List.of(returned),
                        null,
                        null,
                        ItemWrites.capacity(
                                write.table().requested(), returnConsumedCapacity, definition, oldItem, newItem)));
    }

    private void require(Item item) {
        if (write instanceof InsertWrite) {
            if (!write.refusal(item).equals(CancellationReason.NONE)) {
                throw new DynamoException(ErrorType.DUPLICATE_ITEM, StatementErrorMessages.duplicateItem());
            }
        } else {
            write.condition().require(item);
        }
    }

    /** What RETURNING asks for; null for nothing. */
    private static Item returned(Returning returning, Item oldItem, Item newItem, UpdateResult result) {
        return switch (returning) {
            case NOTHING -> null;
            case ALL_OLD -> oldItem;
            case ALL_NEW -> newItem;
            case MODIFIED_OLD -> result == null ? null : result.updatedOld();
            case MODIFIED_NEW -> result == null ? null : result.updatedNew();
        };
    }
}
