package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.expression.BoundUpdate;
import io.tailrace.engine.expression.UpdateResult;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.writer.ItemMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;

/** UpdateItem. (API Reference, UpdateItem.) */
public final class UpdateItemOperation implements WriteOperation<UpdateItemResponse> {
    private final UpdateItemRequest request;
    private final UpdateWrite write;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public UpdateItemOperation(UpdateItemRequest request) {
        this.request = request;
        write = ItemWrites.validated(request, () -> write(request));
    }

    private static UpdateWrite write(UpdateItemRequest request) {
        WriteMembers.checkUpdate(request);
        ItemWrites.verifyParameters(
                new ExpressionParameters()
                        .older("AttributeUpdates", request.attributeUpdates())
                        .expression("UpdateExpression", request.updateExpression()),
                request);
        ItemValidator.checkWellFormed(request.malformedValues(), "Key");
        BoundUpdate attributeUpdates = LegacyParameters.updates(request.attributeUpdates(), request.malformedValues());
        BoundExpressions expressions = ItemWrites.expressions(request);
        BoundUpdate update =
                request.updateExpression() == null ? attributeUpdates : expressions.update(request.updateExpression());
        WriteCondition condition = ItemWrites.condition(request, expressions);
        return new UpdateWrite(TableReference.of(request.tableName()), request.key(), update, condition);
    }

    @Override
    public Plan<UpdateItemResponse> plan(PlanContext context) {
        TableDefinition definition = write.table().resolve(context);
        write.verify(definition);
        Item key = write.key(definition);
        StoredItem stored = context.item(definition, key);
        Item oldItem = stored == null ? null : stored.item();
        write.condition().require(oldItem);
        UpdateResult result = write.apply(definition, oldItem);
        Item newItem = write.newItem(definition, oldItem, result);
        ItemCollections collections = new ItemCollections(context);
        collections.add(definition, oldItem, newItem);
        return new Plan<>(
                List.of(new ItemMutation(definition, key, stored, newItem)),
                new UpdateItemResponse(
                        returned(oldItem, newItem, result),
                        ItemWrites.capacity(
                                request.tableName(), request.returnConsumedCapacity(), definition, oldItem, newItem),
                        ItemWrites.collectionMetrics(
                                request.returnItemCollectionMetrics(), collections, definition, key)));
    }

    /** The Attributes of the answer; null for none. */
    private Item returned(Item oldItem, Item newItem, UpdateResult result) {
        if (request.returnValues() == null) {
            return null;
        }
        Item attributes = switch (request.returnValues()) {
            case "ALL_OLD" -> oldItem;
            case "ALL_NEW" -> newItem;
            case "UPDATED_OLD" -> result == null ? null : result.updatedOld();
            case "UPDATED_NEW" -> result == null ? null : result.updatedNew();
            default -> null;
        };
        return attributes == null || attributes.isEmpty() ? null : attributes;
    }
}
