package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.expression.BoundUpdate;
import io.tailrace.engine.expression.ExpressionKind;
import io.tailrace.engine.expression.Operand;
import io.tailrace.engine.expression.Path;
import io.tailrace.engine.expression.SetValue;
import io.tailrace.engine.expression.UpdateAction;
import io.tailrace.engine.expression.UpdateResult;
import io.tailrace.engine.writer.ItemMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.StoredItem;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;

/** UpdateItem. (API Reference, UpdateItem.) */
public final class UpdateItemOperation implements WriteOperation<UpdateItemResponse> {
    private final UpdateItemRequest request;
    private final TableReference table;
    private final BoundUpdate update;
    private final WriteCondition condition;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public UpdateItemOperation(UpdateItemRequest request) {
        this.request = request;
        checkConstraints(request);
        table = TableReference.of(request.tableName());
        new ExpressionParameters()
                .older("AttributeUpdates", request.attributeUpdates())
                .older("Expected", request.expected())
                .older("ConditionalOperator", request.conditionalOperator())
                .expression("UpdateExpression", request.updateExpression())
                .expression("ConditionExpression", request.conditionExpression())
                .verify(request.expressionAttributeNames(), request.expressionAttributeValues());
        ItemValidator.checkWellFormed(request.malformedValues(), "Key");
        LegacyParameters.refuse("AttributeUpdates", request.attributeUpdates());
        LegacyParameters.refuse("Expected", request.expected());
        BoundExpressions expressions = new BoundExpressions(
                request.expressionAttributeNames(), request.expressionAttributeValues(), request.malformedValues());
        update = expressions.update(request.updateExpression());
        condition = new WriteCondition(
                expressions.condition(ExpressionKind.CONDITION, request.conditionExpression()),
                ItemWrites.returnsAllOld(request.returnValuesOnConditionCheckFailure()));
        expressions.verifyAllUsed();
    }

    private static void checkConstraints(UpdateItemRequest request) {
        new Constraints()
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
                        Choices.RETURN_VALUES_ON_CONDITION_CHECK_FAILURE)
                .verify();
    }

    @Override
    public Plan<UpdateItemResponse> plan(PlanContext context) {
        TableDefinition definition = table.resolve(context);
        KeyValidator.checkKey(definition, request.key());
        checkUpdate(definition);
        condition.verify(definition);
        Item key = definition.key().keyOf(request.key());
        StoredItem stored = context.item(definition, key);
        Item oldItem = stored == null ? null : stored.item();
        condition.require(oldItem);
        UpdateResult result = update == null ? null : BoundExpressions.refusing(() -> update.apply(oldItem, key));
        Item newItem = newItem(oldItem, key, result);
        if (newItem != null) {
            KeyValidator.checkUpdatedIndexKeys(definition, oldItem == null ? Item.EMPTY : oldItem, newItem);
            newItem.attributes().values().forEach(ItemValidator::checkNesting);
            ItemValidator.checkUpdatedSize(newItem);
        }
        return new Plan<>(
                List.of(new ItemMutation(definition, key, stored, newItem)),
                new UpdateItemResponse(
                        returned(oldItem, newItem, result),
                        ItemWrites.capacity(
                                table.requested(), request.returnConsumedCapacity(), definition, oldItem, newItem),
                        ItemWrites.collectionMetrics(request.returnItemCollectionMetrics(), definition, key)));
    }

    /** The item afterwards; null when there is none, as before. */
    private static Item newItem(Item oldItem, Item key, UpdateResult result) {
        if (result == null) {
            return oldItem == null ? key : oldItem;
        }
        return result.storesItem() ? result.newItem() : null;
    }

    /** What can be said of the update before there is an item. */
    private void checkUpdate(TableDefinition definition) {
        if (update == null) {
            return;
        }
        for (String attribute : definition.key().names()) {
            for (Path path : update.paths()) {
                if (path.topLevelName().equals(attribute)) {
                    throw DynamoException.validation(ErrorMessages.keyUpdated(attribute));
                }
            }
        }
        for (IndexDefinition index : KeyValidator.indexes(definition)) {
            for (KeyAttribute attribute : index.key().attributes()) {
                for (UpdateAction action : update.actions()) {
                    checkIndexKeyType(index, attribute, action);
                }
            }
        }
        ExpressionPaths.verify(definition, update.paths());
    }

    /** A value of the request's own must be of the index key's type. */
    private static void checkIndexKeyType(IndexDefinition index, KeyAttribute attribute, UpdateAction action) {
        if (action.path().isNested() || !action.path().topLevelName().equals(attribute.name())) {
            return;
        }
        SetValue value = null;
        if (action instanceof UpdateAction.Set set) {
            value = set.value();
        } else if (action instanceof UpdateAction.Add add) {
            value = add.value();
        }
        if (value instanceof Operand.Constant constant && constant.value().type() != attribute.type()) {
            throw DynamoException.validation(ErrorMessages.indexKeyTypeMismatch(
                    attribute, constant.value().type(), index.name()));
        }
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
