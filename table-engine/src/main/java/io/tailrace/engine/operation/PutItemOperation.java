package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;

/** PutItem. (API Reference, PutItem.) */
public final class PutItemOperation implements WriteOperation<PutItemResponse> {
    private final PutItemRequest request;
    private final PutWrite write;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public PutItemOperation(PutItemRequest request) {
        this.request = request;
        Constraints constraints = new Constraints()
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
                        Choices.RETURN_VALUES_ON_CONDITION_CHECK_FAILURE);
        LegacyParameters.checkExpectedConstraints(constraints, request.expected());
        constraints.verify();
        ItemWrites.verifyParameters(new ExpressionParameters(), request);
        ItemValidator.checkWellFormed(request.malformedValues(), "Item");
        ItemValidator.checkAttributes(request.item());
        ItemWrites.checkReturnsOldOrNone(request.returnValues());
        ItemValidator.checkPutSize(request.item());
        WriteCondition condition = ItemWrites.condition(request, ItemWrites.expressions(request));
        write = new PutWrite(TableReference.of(request.tableName()), request.item(), condition);
    }

    @Override
    public Plan<PutItemResponse> plan(PlanContext context) {
        return ItemWrites.plan(write, request, context, PutItemResponse::new);
    }
}
