package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.limits.Limits;
import io.tailrace.schemas.bytes.Utf8;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import java.util.Collection;
import java.util.List;

/** Checks attribute values and items against what holds in every table: form, nesting and size. */
final class ItemValidator {
    private ItemValidator() {}

    /** Reports the first value in {@code member} that the decoder could not read, if any. */
    static void checkWellFormed(List<MalformedValue> malformedValues, String member) {
        for (MalformedValue malformed : malformedValues) {
            if (malformed.member().equals(member)) {
                throw DynamoException.validation(malformed.message());
            }
        }
    }

    /** An item that is to be put: its names, then what the decoder could not read, then nesting and names within. */
    static void checkItem(Item item, List<MalformedValue> malformedValues, String member) {
        for (String name : item.attributes().keySet()) {
            if (name.isEmpty()) {
                throw DynamoException.validation(ErrorMessages.emptyAttributeName());
            }
            if (Utf8.length(name) > Limits.MAX_ATTRIBUTE_NAME_BYTES) {
                throw DynamoException.validation(ErrorMessages.attributeNameTooLong());
            }
        }
        checkWellFormed(malformedValues, member);
        item.attributes().values().forEach(ItemValidator::checkNesting);
        item.attributes().values().forEach(ItemValidator::checkNamesWithin);
    }

    private static void checkNamesWithin(AttributeValue value) {
        if (value instanceof AttributeValue.L list) {
            list.values().forEach(ItemValidator::checkNamesWithin);
        } else if (value instanceof AttributeValue.M map) {
            if (map.values().containsKey("")) {
                throw DynamoException.validation(ErrorMessages.emptyAttributeName());
            }
            map.values().values().forEach(ItemValidator::checkNamesWithin);
        }
    }

    /** The nesting of one value. */
    static void checkNesting(AttributeValue value) {
        // The attribute's name is on the first level, what its value holds on the second.
        if (depth(value, Limits.MAX_NESTING_DEPTH) >= Limits.MAX_NESTING_DEPTH) {
            throw DynamoException.validation(ErrorMessages.nestingTooDeep());
        }
    }

    static void checkPutSize(Item item) {
        if (ItemSize.of(item) > Limits.MAX_ITEM_SIZE_BYTES) {
            throw DynamoException.validation(ErrorMessages.itemTooLarge());
        }
    }

    static void checkUpdatedSize(Item item) {
        if (ItemSize.of(item) > Limits.MAX_ITEM_SIZE_BYTES) {
            throw DynamoException.validation(ErrorMessages.updatedItemTooLarge());
        }
    }

    /** How many lists and maps are around the innermost content, counted no further than one above {@code limit}. */
    private static int depth(AttributeValue value, int limit) {
        Collection<AttributeValue> children;
        if (value instanceof AttributeValue.L list) {
            children = list.values();
        } else if (value instanceof AttributeValue.M map) {
            children = map.values().values();
        } else {
            return 0;
        }
        int deepest = 0;
        if (limit > 0) {
            for (AttributeValue child : children) {
                deepest = Math.max(deepest, depth(child, limit - 1));
            }
        }
        return deepest + 1;
    }
}
