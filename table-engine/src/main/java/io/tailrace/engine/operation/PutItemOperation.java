package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.expression.ExpressionKind;
import io.tailrace.engine.writer.ItemMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.StoredItem;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;

/** PutItem. (API Reference, PutItem.) */
public final class PutItemOperation implements WriteOperation<PutItemResponse> {
    private final PutItemRequest request;
    private final TableReference table;
    private final WriteCondition condition;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public PutItemOperation(PutItemRequest request) {
        this.request = request;
        new Constraints()
                .oneOf("returnConsumedCapacity", request.returnConsumedCapacity(), Choices.RETURN_CONSUMED_CAPACITY)
                .tableName("tableName", request.tableName())
                .required("item", request.item())
                .oneOf("conditionalOperator", request.conditionalOperator(), Choices.CONDITIONAL_OPERATOR)
                .oneOf("returnValues", request.returnValues(), Choices.RETURN_VALUES)
                .oneOf(
                        "returnItemCollectionMetrics",
                        request.returnItemCollectionMetrics(),
                        Choices.RETURN_ITEM_COLLECTION_METRICS)
                .oneOf(
                        "returnValuesOnConditionCheckFailure",
                        request.returnValuesOnConditionCheckFailure(),
                        Choices.RETURN_VALUES_ON_CONDITION_CHECK_FAILURE)
                .verify();
        table = TableReference.of(request.tableName());
        new ExpressionParameters()
                .older("Expected", request.expected())
                .older("ConditionalOperator", request.conditionalOperator())
                .expression("ConditionExpression", request.conditionExpression())
                .verify(request.expressionAttributeNames(), request.expressionAttributeValues());
        ItemValidator.checkWellFormed(request.malformedValues(), "Item");
        ItemValidator.checkAttributes(request.item());
        if (request.returnValues() != null
                && !request.returnValues().equals("NONE")
                && !ItemWrites.returnsAllOld(request.returnValues())) {
            throw DynamoException.validation(ErrorMessages.returnValuesOfPut());
        }
        ItemValidator.checkPutSize(request.item());
        LegacyParameters.refuse("Expected", request.expected());
        BoundExpressions expressions = new BoundExpressions(
                request.expressionAttributeNames(), request.expressionAttributeValues(), request.malformedValues());
        condition = new WriteCondition(
                expressions.condition(ExpressionKind.CONDITION, request.conditionExpression()),
                ItemWrites.returnsAllOld(request.returnValuesOnConditionCheckFailure()));
        expressions.verifyAllUsed();
    }

    @Override
    public Plan<PutItemResponse> plan(PlanContext context) {
        TableDefinition definition = table.resolve(context);
        KeyValidator.checkItem(definition, request.item());
        condition.verify(definition);
        Item key = definition.key().keyOf(request.item());
        StoredItem stored = context.item(definition, key);
        Item oldItem = stored == null ? null : stored.item();
        condition.require(oldItem);
        return new Plan<>(
                List.of(new ItemMutation(definition, key, stored, request.item())),
                new PutItemResponse(
                        ItemWrites.returnsAllOld(request.returnValues()) ? oldItem : null,
                        ItemWrites.capacity(
                                table.requested(),
                                request.returnConsumedCapacity(),
                                definition,
                                oldItem,
                                request.item()),
                        ItemWrites.collectionMetrics(request.returnItemCollectionMetrics(), definition, key)));
    }
}
