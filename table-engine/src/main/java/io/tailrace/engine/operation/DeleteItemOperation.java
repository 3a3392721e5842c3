package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.expression.BoundCondition;
import io.tailrace.engine.expression.ExpressionKind;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.writer.ItemMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;

/** DeleteItem. (API Reference, DeleteItem.) */
public final class DeleteItemOperation implements WriteOperation<DeleteItemResponse> {
    private final DeleteItemRequest request;
    private final DeleteWrite write;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public DeleteItemOperation(DeleteItemRequest request) {
        this.request = request;
        Constraints constraints = new Constraints()
                .oneOf("returnConsumedCapacity", request.returnConsumedCapacity(), Choices.RETURN_CONSUMED_CAPACITY)
                .tableName("tableName", request.tableName())
                .oneOf(
                        "returnItemCollectionMetrics",
                        request.returnItemCollectionMetrics(),
                        Choices.RETURN_ITEM_COLLECTION_METRICS)
                .oneOf("returnValues", request.returnValues(), Choices.RETURN_VALUES)
                .required("key", request.key())
                .oneOf("conditionalOperator", request.conditionalOperator(), Choices.CONDITIONAL_OPERATOR)
                .oneOf(
                        "returnValuesOnConditionCheckFailure",
                        request.returnValuesOnConditionCheckFailure(),
                        Choices.RETURN_VALUES_ON_CONDITION_CHECK_FAILURE);
        LegacyParameters.checkExpectedConstraints(constraints, request.expected());
        constraints.verify();
        new ExpressionParameters()
                .older("Expected", request.expected())
                .older("ConditionalOperator", request.conditionalOperator())
                .expression("ConditionExpression", request.conditionExpression())
                .verify(request.expressionAttributeNames(), request.expressionAttributeValues());
        ItemValidator.checkWellFormed(request.malformedValues(), "Key");
        if (request.returnValues() != null
                && !request.returnValues().equals("NONE")
                && !ItemWrites.returnsAllOld(request.returnValues())) {
            throw DynamoException.validation(ErrorMessages.returnValuesOfPut());
        }
        BoundCondition expected = LegacyParameters.expected(
                request.expected(),
                request.conditionExpression() == null ? request.conditionalOperator() : null,
                request.malformedValues());
        BoundExpressions expressions = new BoundExpressions(
                request.expressionAttributeNames(), request.expressionAttributeValues(), request.malformedValues());
        WriteCondition condition = new WriteCondition(
                request.conditionExpression() == null
                        ? expected
                        : expressions.condition(ExpressionKind.CONDITION, request.conditionExpression()),
                ItemWrites.returnsAllOld(request.returnValuesOnConditionCheckFailure()));
        expressions.verifyAllUsed();
        write = new DeleteWrite(TableReference.of(request.tableName()), request.key(), condition);
    }

    @Override
    public Plan<DeleteItemResponse> plan(PlanContext context) {
        TableDefinition definition = write.table().resolve(context);
        write.verify(definition);
        Item key = write.key(definition);
        StoredItem stored = context.item(definition, key);
        Item oldItem = stored == null ? null : stored.item();
        write.condition().require(oldItem);
        Item newItem = write.newItem(definition, oldItem);
        return new Plan<>(
                List.of(new ItemMutation(definition, key, stored, newItem)),
                new DeleteItemResponse(
                        ItemWrites.returnsAllOld(request.returnValues()) ? oldItem : null,
                        ItemWrites.capacity(
                                request.tableName(), request.returnConsumedCapacity(), definition, oldItem, newItem),
                        ItemWrites.collectionMetrics(request.returnItemCollectionMetrics(), definition, key)));
    }
}
