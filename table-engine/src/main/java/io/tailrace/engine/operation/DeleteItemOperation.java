package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;

/** DeleteItem. (API Reference, DeleteItem.) */
public final class DeleteItemOperation implements WriteOperation<DeleteItemResponse> {
    private final DeleteItemRequest request;
    private final DeleteWrite write;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public DeleteItemOperation(DeleteItemRequest request) {
        this.request = request;
        write = ItemWrites.validated(request, () -> write(request));
    }

    private static DeleteWrite write(DeleteItemRequest request) {
        WriteMembers.checkDelete(request);
        ItemWrites.verifyParameters(new ExpressionParameters(), request);
        ItemValidator.checkWellFormed(request.malformedValues(), "Key");
        ItemWrites.checkReturnsOldOrNone(request.returnValues());
        WriteCondition condition = ItemWrites.condition(request, ItemWrites.expressions(request));
        return new DeleteWrite(TableReference.of(request.tableName()), request.key(), condition);
    }

    @Override
    public Plan<DeleteItemResponse> plan(PlanContext context) {
        return ItemWrites.plan(write, request, context, DeleteItemResponse::new);
    }
}
