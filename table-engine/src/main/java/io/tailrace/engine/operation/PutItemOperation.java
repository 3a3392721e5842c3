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
        write = ItemWrites.validated(request, () -> write(request));
    }

    private static PutWrite write(PutItemRequest request) {
        WriteMembers.checkPut(request);
        ItemWrites.verifyParameters(new ExpressionParameters(), request);
        ItemValidator.checkItem(request.item(), request.malformedValues(), "Item");
        ItemWrites.checkReturnsOldOrNone(request.returnValues());
        ItemValidator.checkPutSize(request.item());
        WriteCondition condition = ItemWrites.condition(request, ItemWrites.expressions(request));
        return new PutWrite(TableReference.of(request.tableName()), request.item(), condition);
    }

    @Override
    public Plan<PutItemResponse> plan(PlanContext context) {
        return ItemWrites.plan(write, request, context, PutItemResponse::new);
    }
}
