package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * AttributeUpdates as the tree of an update. Names are those of top-level attributes, dots and all. Source: Developer
 * Guide, "Legacy DynamoDB conditional parameters", AttributeUpdates.
 */
public final class LegacyUpdates {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final Set<AttributeType> SETS = EnumSet.of(AttributeType.SS, AttributeType.NS, AttributeType.BS);
    private static final Set<AttributeType> ADDABLE =
            EnumSet.of(AttributeType.N, AttributeType.L, AttributeType.SS, AttributeType.NS, AttributeType.BS);

    private LegacyUpdates() {}

    /**
     * The update of all attributes named; none is named in an update that only makes sure that there is an item.
     *
     * @throws ExpressionException when an action lacks its value or has one that it cannot use, with DynamoDB's message
     */
    public static BoundUpdate of(Map<String, AttributeUpdate> updates) {
        List<UpdateAction> actions = new ArrayList<>();
        updates.forEach((name, update) -> actions.add(action(Path.of(name), update)));
        return BoundUpdate.legacy(actions);
    }

    private static UpdateAction action(Path path, AttributeUpdate update) {
        AttributeValue value = update.value();
        if (value == null) {
            if (update.action() != AttributeUpdate.Action.DELETE) {
                throw new ExpressionException(
                        INVALID + "Only DELETE action is allowed when no attribute value is specified");
            }
            return new UpdateAction.Remove(path);
        }
        return switch (update.action()) {
            case PUT -> new UpdateAction.Set(path, new Operand.Constant(value));
            case ADD -> {
                check(value, ADDABLE, "ADD action is not supported for the type ");
                yield new UpdateAction.Add(path, new Operand.Constant(value));
            }
            case DELETE -> {
                check(value, SETS, "DELETE action with value is not supported for the type ");
                yield new UpdateAction.Delete(path, new Operand.Constant(value));
            }
        };
    }

    private static void check(AttributeValue value, Set<AttributeType> allowed, String refusal) {
        if (!allowed.contains(value.type())) {
            throw new ExpressionException(INVALID + refusal + UpdateBinder.longName(value.type()));
        }
    }
}
