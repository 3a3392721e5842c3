package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.TableDefinition;

/** GetItem. (API Reference, GetItem.) */
public final class GetItemOperation implements ReadOperation<GetItemResponse> {
    private final GetItemRequest request;
    private final TableReference table;
    private final ReadProjection projection;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public GetItemOperation(GetItemRequest request) {
        this.request = request;
        new Constraints()
                .oneOf("returnConsumedCapacity", request.returnConsumedCapacity(), Choices.RETURN_CONSUMED_CAPACITY)
                .lengthAtLeast("attributesToGet", request.attributesToGet(), 1)
                .lengthAtMost("attributesToGet", request.attributesToGet(), Limits.MAX_ATTRIBUTES_TO_GET)
                .tableName("tableName", request.tableName())
                .required("key", request.key())
                .verify();
        table = TableReference.of(request.tableName());
        new ExpressionParameters()
                .older("AttributesToGet", request.attributesToGet())
                .expression("ProjectionExpression", request.projectionExpression())
                .verify(request.expressionAttributeNames(), null);
        ItemValidator.checkWellFormed(request.malformedValues(), "Key");
        ReadProjection.checkAttributesToGet(request.attributesToGet());
        BoundExpressions expressions =
                new BoundExpressions(request.expressionAttributeNames(), null, request.malformedValues());
        projection =
                new ReadProjection(request.attributesToGet(), expressions.projection(request.projectionExpression()));
        expressions.verifyAllUsed();
    }

    @Override
    public GetItemResponse execute(ReadContext context) {
        TableDefinition definition = table.resolve(context);
        KeyValidator.checkKey(definition, request.key());
        ExpressionPaths.verify(definition, projection.paths());
        StoredItem stored = context.item(definition, request.key());
        CapacityAccount account = new CapacityAccount(table.requested());
        account.addTable(CapacityAccount.readUnits(
                stored == null ? 0 : ItemSize.of(stored.item()), Boolean.TRUE.equals(request.consistentRead())));
        Item item = stored == null ? null : projection.apply(stored.item());
        return new GetItemResponse(
                item,
                account.report(
                        CapacityAccount.Detail.of(request.returnConsumedCapacity()), CapacityAccount.Kind.PLAIN));
    }
}
