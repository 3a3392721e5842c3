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
    /** The request's member in which the decoder finds items and keys. */
    private static final String MEMBER = "TransactItems";

    private final List<ItemWrite> writes = new ArrayList<>();
    private long bytes;

    static List<ItemWrite> of(TransactWriteItemsRequest request) {
        TransactWriteActions actions = new TransactWriteActions();
        for (TransactWriteItem action : request.transactItems()) {
            actions.checkOne(action);
        }
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
        ItemValidator.checkItem(put.item(), MalformedValue.inOlderWords(put.malformedValues()), MEMBER);
        ItemValidator.checkPutSize(put.item());
        BoundExpressions expressions = BoundExpressions.inOlderWords(
                put.expressionAttributeNames(), put.expressionAttributeValues(), put.malformedValues());
        WriteCondition condition =
                condition(expressions, put.conditionExpression(), put.returnValuesOnConditionCheckFailure());
        expressions.verifyAllUsed();
        count(put.item(), put.expressionAttributeValues());
        writes.add(new PutWrite(TableReference.of(put.tableName()), put.item(), condition));
    }

    private void delete(TransactDelete delete) {
        verifyParameters(
                delete.conditionExpression(), delete.expressionAttributeNames(), delete.expressionAttributeValues());
        BoundExpressions expressions = BoundExpressions.inOlderWords(
                delete.expressionAttributeNames(), delete.expressionAttributeValues(), delete.malformedValues());
        WriteCondition condition =
                condition(expressions, delete.conditionExpression(), delete.returnValuesOnConditionCheckFailure());
        expressions.verifyAllUsed();
        checkKey(delete.malformedValues());
        count(delete.key(), delete.expressionAttributeValues());
        writes.add(new DeleteWrite(TableReference.of(delete.tableName()), delete.key(), condition));
    }

    private void update(TransactUpdate update) {
        BoundExpressions expressions = BoundExpressions.inOlderWords(
                update.expressionAttributeNames(), update.expressionAttributeValues(), update.malformedValues());
        BoundUpdate bound = expressions.update(update.updateExpression());
        WriteCondition condition =
                condition(expressions, update.conditionExpression(), update.returnValuesOnConditionCheckFailure());
        expressions.verifyAllUsed();
        checkKey(update.malformedValues());
        count(update.key(), update.expressionAttributeValues());
        writes.add(new UpdateWrite(TableReference.of(update.tableName()), update.key(), bound, condition));
    }

    private void check(TransactConditionCheck check) {
        BoundExpressions expressions = BoundExpressions.inOlderWords(
                check.expressionAttributeNames(), check.expressionAttributeValues(), check.malformedValues());
        WriteCondition condition =
                condition(expressions, check.conditionExpression(), check.returnValuesOnConditionCheckFailure());
        expressions.verifyAllUsed();
        checkKey(check.malformedValues());
        count(check.key(), check.expressionAttributeValues());
        writes.add(new CheckWrite(TableReference.of(check.tableName()), check.key(), condition));
    }

    private static void verifyParameters(
            String conditionExpression, Map<String, String> names, Map<String, AttributeValue> values) {
        new ExpressionParameters()
                .expression("ConditionExpression", conditionExpression)
                .verify(names, values);
    }

    /** DynamoDB looks at the key's values last of an action. */
    private static void checkKey(List<MalformedValue> malformedValues) {
        ItemValidator.checkWellFormed(MalformedValue.inOlderWords(malformedValues), MEMBER);
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
