package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.expression.BoundProjection;
import io.tailrace.engine.expression.Path;
import io.tailrace.schemas.model.Item;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a read returns of an item: all of it, the attributes of AttributesToGet, or what a ProjectionExpression selects.
 *
 * @param attributesToGet null for none
 * @param expression null for none
 */
record ReadProjection(List<String> attributesToGet, BoundProjection expression) {
    /** Checks that no attribute is asked for twice. */
    static void checkAttributesToGet(List<String> attributesToGet) {
        if (attributesToGet == null) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (String attribute : attributesToGet) {
            if (!seen.add(attribute)) {
                throw DynamoException.validation(ErrorMessages.duplicateAttributeToGet(attribute));
            }
        }
    }

    boolean isWhole() {
        return attributesToGet == null && expression == null;
    }

    Item apply(Item item) {
        if (expression != null) {
            return expression.apply(item);
        }
        return attributesToGet == null ? item : item.project(attributesToGet);
    }

    Collection<Path> paths() {
        return expression == null ? List.of() : expression.paths();
    }

    /** Names of the attributes of which something is returned; empty when the whole item is. */
    Set<String> topLevelNames() {
        if (expression != null) {
            return expression.topLevelNames();
        }
        return attributesToGet == null ? Set.of() : new LinkedHashSet<>(attributesToGet);
    }
}
