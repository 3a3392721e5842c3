package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.expression.BoundUpdate;
import io.tailrace.engine.expression.Operand;
import io.tailrace.engine.expression.Path;
import io.tailrace.engine.expression.SetValue;
import io.tailrace.engine.expression.UpdateAction;
import io.tailrace.engine.expression.UpdateResult;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.TableDefinition;

/**
 * Changes an item, or makes one.
 *
 * @param update null to do no more than make an item of its key where there is none
 */
record UpdateWrite(TableReference table, Item key, BoundUpdate update, WriteCondition condition) implements ItemWrite {
    @Override
    public void verify(TableDefinition definition) {
        KeyValidator.checkKey(definition, key);
        checkUpdate(definition);
        condition.verify(definition);
    }

    @Override
    public Item key(TableDefinition definition) {
        return definition.key().keyOf(key);
    }

    @Override
    public Item newItem(TableDefinition definition, Item oldItem) {
        return newItem(definition, oldItem, apply(definition, oldItem));
    }

    /** What the update makes of the item; null when there is no update. */
    UpdateResult apply(TableDefinition definition, Item oldItem) {
        return update == null ? null : BoundExpressions.refusing(() -> update.apply(oldItem, key(definition)));
    }

    /** The item of a result of {@link #apply}, checked. */
    Item newItem(TableDefinition definition, Item oldItem, UpdateResult result) {
        Item newItem;
        if (result == null) {
            newItem = oldItem == null ? key(definition) : oldItem;
        } else {
            newItem = result.storesItem() ? result.newItem() : null;
        }
        if (newItem != null) {
            KeyValidator.checkUpdatedIndexKeys(definition, oldItem == null ? Item.EMPTY : oldItem, newItem);
            newItem.attributes().values().forEach(ItemValidator::checkNesting);
            ItemValidator.checkUpdatedSize(newItem);
        }
        return newItem;
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
        ExpressionPaths.verify(definition, update.allPaths());
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
}
