package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.limits.Limits;
import io.tailrace.schemas.bytes.Utf8;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayList;
import java.util.List;

/** Checks keys, and the key attributes in items, against the table's and its indexes' key schemas. */
final class KeyValidator {
    private KeyValidator() {}

    /** A key on its own: exactly the table's key attributes. */
    static void checkKey(TableDefinition table, Item key) {
        if (key.size() != table.key().attributes().size()) {
            throw DynamoException.validation(ErrorMessages.keyDoesNotMatchSchema());
        }
        checkKeyAttributes(table.key(), key);
    }

    /** The key attributes among others. */
    static void checkKeyAttributes(KeySchema schema, Item key) {
        for (KeyAttribute attribute : schema.attributes()) {
            checkKeyAttribute(attribute, key);
        }
        checkSizes(schema, key);
    }

    /** One key attribute among others; its size apart. */
    static void checkKeyAttribute(KeyAttribute attribute, Item key) {
        AttributeValue value = key.get(attribute.name());
        if (value == null || value.type() != attribute.type()) {
            throw DynamoException.validation(ErrorMessages.keyDoesNotMatchSchema());
        }
        checkNotEmpty(attribute, value);
    }

    /** The key attributes in an item that BatchWriteItem is to put, which DynamoDB checks as it checks keys. */
    static void checkBatchedItem(TableDefinition table, Item item) {
        checkKeyAttributes(table.key(), item);
        checkIndexKeys(table, item);
    }

    /** The key attributes in an item that is to be put. */
    static void checkItem(TableDefinition table, Item item) {
        for (KeyAttribute attribute : table.key().attributes()) {
            AttributeValue value = item.get(attribute.name());
            if (value == null) {
                throw DynamoException.validation(ErrorMessages.missingKey(attribute.name()));
            }
            if (value.type() != attribute.type()) {
                throw DynamoException.validation(ErrorMessages.keyTypeMismatch(attribute, value.type()));
            }
            checkNotEmpty(attribute, value);
        }
        checkSizes(table.key(), item);
        checkIndexKeys(table, item);
    }

    /** The index key attributes in an item that is to be put: they may be absent, but not of another type or empty. */
    static void checkIndexKeys(TableDefinition table, Item item) {
        for (IndexDefinition index : indexes(table)) {
            for (KeyAttribute attribute : index.key().attributes()) {
                AttributeValue value = item.get(attribute.name());
                if (value == null) {
                    continue;
                }
                if (value.type() != attribute.type()) {
                    throw DynamoException.validation(
                            ErrorMessages.indexKeyTypeMismatch(attribute, value.type(), index.name()));
                }
                if (isEmpty(value)) {
                    throw DynamoException.validation(
                            ErrorMessages.emptyIndexKey(attribute.name(), value.type(), index.name()));
                }
            }
            checkSizes(index.key(), item);
        }
    }

    /** The index key attributes in what an update makes of an item, as far as the update changed them. */
    static void checkUpdatedIndexKeys(TableDefinition table, Item oldItem, Item newItem) {
        for (IndexDefinition index : indexes(table)) {
            boolean changed = false;
            for (KeyAttribute attribute : index.key().attributes()) {
                AttributeValue value = newItem.get(attribute.name());
                if (value == null || value.equals(oldItem.get(attribute.name()))) {
                    continue;
                }
                changed = true;
                if (value.type() != attribute.type()) {
                    throw DynamoException.validation(ErrorMessages.updatedIndexKeyType());
                }
                if (isEmpty(value)) {
                    throw DynamoException.validation(ErrorMessages.updatedIndexKeyEmpty(value.type()));
                }
            }
            if (changed) {
                checkSizes(index.key(), newItem);
            }
        }
    }

    /** Global indexes, those that are being deleted left out, then local ones. */
    static List<IndexDefinition> indexes(TableDefinition table) {
        if (table.localSecondaryIndexes().isEmpty()) {
            return table.maintainedGlobalIndexes();
        }
        List<IndexDefinition> all = new ArrayList<>(table.maintainedGlobalIndexes());
        all.addAll(table.localSecondaryIndexes());
        return all;
    }

    static boolean isEmpty(AttributeValue value) {
        return switch (value.type()) {
            case S -> ((AttributeValue.S) value).value().isEmpty();
            case B -> ((AttributeValue.B) value).value().size() == 0;
            default -> false;
        };
    }

    private static void checkNotEmpty(KeyAttribute attribute, AttributeValue value) {
        if (isEmpty(value)) {
            throw DynamoException.validation(ErrorMessages.emptyKey(attribute.name(), value.type()));
        }
    }

    /** The sizes of the key attributes that {@code item} has. */
    static void checkSizes(KeySchema schema, Item item) {
        if (bytes(schema.partitionKey(), item) > Limits.MAX_PARTITION_KEY_BYTES) {
            throw DynamoException.validation(ErrorMessages.partitionKeyTooLong());
        }
        if (bytes(schema.sortKey(), item) > Limits.MAX_SORT_KEY_BYTES) {
            throw DynamoException.validation(ErrorMessages.sortKeyTooLong());
        }
    }

    private static int bytes(List<KeyAttribute> attributes, Item item) {
        int bytes = 0;
        for (KeyAttribute attribute : attributes) {
            AttributeValue value = item.get(attribute.name());
            bytes += value == null ? 0 : scalarBytes(value);
        }
        return bytes;
    }

    /** The bytes of a string or binary; numbers are of bounded size and count as one. */
    private static int scalarBytes(AttributeValue value) {
        if (value.type() == AttributeType.S) {
            return Utf8.length(((AttributeValue.S) value).value());
        }
        return value.type() == AttributeType.B
                ? ((AttributeValue.B) value).value().size()
                : 1;
    }
}
