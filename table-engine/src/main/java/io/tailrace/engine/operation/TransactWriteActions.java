package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.expression.BoundUpdate;
import io.tailrace.engine.expression.ExpressionKind;
import io.tailrace.engine.limits.Limits;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Validates the actions of TransactWriteItems as far as that needs no state, and turns them into writes. */
final class TransactWriteActions {
    private final TransactWriteItemsRequest request;
    private final List<ItemWrite> writes = new ArrayList<>();
    private long bytes;

    private TransactWriteActions(TransactWriteItemsRequest request) {
        this.request = request;
    }

    static List<ItemWrite> of(TransactWriteItemsRequest request) {
        TransactWriteActions actions = new TransactWriteActions(request);
        for (TransactWriteItem action : request.transactItems()) {
            actions.checkOne(action);
        }
        ItemValidator.checkWellFormed(request.malformedValues(), "TransactItems");
        for (TransactWriteItem action : request.transactItems()) {
            actions.add(action);
        }
        if (actions.bytes > Limits.MAX_TRANSACTION_BYTES) {
            throw DynamoException.validation(ErrorMessages.transactionTooLarge(actions.bytes));
        }
        return actions.writes;
    }

    static void checkConstraints(Constraints constraints, String path, TransactWriteItem action) {
        TransactConditionCheck check = action.conditionCheck();
        if (check != null) {
            String at = path + "conditionCheck.";
            constraints.tableName(at + "tableName", check.tableName()).required(at + "key", check.key());
            constraints.required(at + "conditionExpression", check.conditionExpression());
            returnValues(constraints, at, check.returnValuesOnConditionCheckFailure());
        }
        TransactPut put = action.put();
        if (put != null) {
            String at = path + "put.";
            constraints.tableName(at + "tableName", put.tableName()).required(at + "item", put.item());
            returnValues(constraints, at, put.returnValuesOnConditionCheckFailure());
        }
        TransactDelete delete = action.delete();
        if (delete != null) {
            String at = path + "delete.";
            constraints.tableName(at + "tableName", delete.tableName()).required(at + "key", delete.key());
            returnValues(constraints, at, delete.returnValuesOnConditionCheckFailure());
        }
        TransactUpdate update = action.update();
        if (update != null) {
            String at = path + "update.";
            constraints.tableName(at + "tableName", update.tableName()).required(at + "key", update.key());
            constraints.required(at + "updateExpression", update.updateExpression());
            returnValues(constraints, at, update.returnValuesOnConditionCheckFailure());
        }
    }

    private static void returnValues(Constraints constraints, String path, String value) {
        constraints.oneOf(
                path + "returnValuesOnConditionCheckFailure", value, Choices.RETURN_VALUES_ON_CONDITION_CHECK_FAILURE);
    }

    private void checkOne(TransactWriteItem action) {
        int given = 0;
        given += action.conditionCheck() == null ? 0 : 1;
        given += action.put() == null ? 0 : 1;
        given += action.delete() == null ? 0 : 1;
        given += action.update() == null ? 0 : 1;
        if (given != 1) {
            throw DynamoException.validation(ErrorMessages.notOneAction());
        }
    }

    private void add(TransactWriteItem action) {
        if (action.put() != null) {
            put(action.put());
        } else if (action.delete() != null) {
            delete(action.delete());
        } else if (action.update() != null) {
            update(action.update());
        } else {
            check(action.conditionCheck());
        }
    }

    private void put(TransactPut put) {
        verifyParameters(put.conditionExpression(), put.expressionAttributeNames(), put.expressionAttributeValues());
        ItemValidator.checkAttributes(put.item());
        ItemValidator.checkPutSize(put.item());
        BoundExpressions expressions = expressions(put.expressionAttributeNames(), put.expressionAttributeValues());
        WriteCondition condition =
                condition(expressions, put.conditionExpression(), put.returnValuesOnConditionCheckFailure());
        expressions.verifyAllUsed();
        count(put.item(), put.expressionAttributeValues());
        writes.add(new PutWrite(TableReference.of(put.tableName()), put.item(), condition));
    }

    private void delete(TransactDelete delete) {
        verifyParameters(
                delete.conditionExpression(), delete.expressionAttributeNames(), delete.expressionAttributeValues());
        BoundExpressions expressions =
                expressions(delete.expressionAttributeNames(), delete.expressionAttributeValues());
        WriteCondition condition =
                condition(expressions, delete.conditionExpression(), delete.returnValuesOnConditionCheckFailure());
        expressions.verifyAllUsed();
        count(delete.key(), delete.expressionAttributeValues());
        writes.add(new DeleteWrite(TableReference.of(delete.tableName()), delete.key(), condition));
    }

    private void update(TransactUpdate update) {
        BoundExpressions expressions =
                expressions(update.expressionAttributeNames(), update.expressionAttributeValues());
        BoundUpdate bound = expressions.update(update.updateExpression());
        WriteCondition condition =
                condition(expressions, update.conditionExpression(), update.returnValuesOnConditionCheckFailure());
        expressions.verifyAllUsed();
        count(update.key(), update.expressionAttributeValues());
        writes.add(new UpdateWrite(TableReference.of(update.tableName()), update.key(), bound, condition));
    }

    private void check(TransactConditionCheck check) {
        BoundExpressions expressions = expressions(check.expressionAttributeNames(), check.expressionAttributeValues());
        WriteCondition condition =
                condition(expressions, check.conditionExpression(), check.returnValuesOnConditionCheckFailure());
        expressions.verifyAllUsed();
        count(check.key(), check.expressionAttributeValues());
        writes.add(new CheckWrite(TableReference.of(check.tableName()), check.key(), condition));
    }

    private static void verifyParameters(
            String conditionExpression, Map<String, String> names, Map<String, AttributeValue> values) {
        new ExpressionParameters()
                .expression("ConditionExpression", conditionExpression)
                .verify(names, values);
    }

    private BoundExpressions expressions(Map<String, String> names, Map<String, AttributeValue> values) {
        return new BoundExpressions(names, values, request.malformedValues());
    }

    private static WriteCondition condition(BoundExpressions expressions, String text, String returnValues) {
        return new WriteCondition(
                expressions.condition(ExpressionKind.CONDITION, text), ItemWrites.returnsAllOld(returnValues));
    }

    /** The transaction's limit is on the data of its request. */
    private void count(Item item, Map<String, AttributeValue> values) {
        bytes += ItemSize.of(item);
        if (values != null) {
            values.values().forEach(value -> bytes += ItemSize.of(value));
        }
    }
}
