package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Binds updates, in DynamoDB's order: the paths that are changed and whether they collide, then the values of SET, then
 * those of ADD and DELETE. See {@link OperandBinder}.
 */
final class UpdateBinder {
    private static final Set<AttributeType> SETS = EnumSet.of(AttributeType.SS, AttributeType.NS, AttributeType.BS);
    private static final Set<AttributeType> NUMBER_OR_SET =
            EnumSet.of(AttributeType.N, AttributeType.SS, AttributeType.NS, AttributeType.BS);
    private static final Set<AttributeType> NUMBERS = EnumSet.of(AttributeType.N);

    private final ExpressionKind kind;
    private final OperandBinder operands;

    UpdateBinder(ExpressionKind kind, ExpressionAttributes attributes) {
        this.kind = kind;
        this.operands = new OperandBinder(kind, attributes);
    }

    List<UpdateAction> bind(List<UpdateAction> actions) {
        List<Path> paths = new ArrayList<>();
        for (UpdateAction action : actions) {
            paths.add(operands.bind(action.path()));
        }
        PathConflicts.check(kind, paths);
        List<SetValue> values = new ArrayList<>();
        for (UpdateAction action : actions) {
            values.add(action instanceof UpdateAction.Set set ? bind(set.value()) : null);
        }
        List<UpdateAction> bound = new ArrayList<>();
        for (int i = 0; i < actions.size(); i++) {
            bound.add(bind(actions.get(i), paths.get(i), values.get(i)));
        }
        checkElements(bound);
        return bound;
    }

    private UpdateAction bind(UpdateAction action, Path path, SetValue value) {
        return switch (action.kind()) {
            case SET -> new UpdateAction.Set(path, value);
            case REMOVE -> new UpdateAction.Remove(path);
            case ADD -> new UpdateAction.Add(path, operands.bind(((UpdateAction.Add) action).value()));
            case DELETE -> new UpdateAction.Delete(path, operands.bind(((UpdateAction.Delete) action).value()));
        };
    }

    private SetValue bind(SetValue value) {
        if (value instanceof Operand operand) {
            return operands.bind(operand);
        }
        Arithmetic arithmetic = (Arithmetic) value;
        List<Operand> bound = operands.bindAll(List.of(arithmetic.left(), arithmetic.right()));
        operands.checkTypes(arithmetic.operator().symbol(), bound, NUMBERS);
        return new Arithmetic(arithmetic.operator(), bound.get(0), bound.get(1));
    }

    private void checkElements(List<UpdateAction> actions) {
        for (UpdateAction action : actions) {
            if (action instanceof UpdateAction.Add add) {
                checkElements(action.kind(), add.value(), NUMBER_OR_SET);
            } else if (action instanceof UpdateAction.Delete delete) {
                checkElements(action.kind(), delete.value(), SETS);
            }
        }
    }

    private void checkElements(UpdateAction.Kind clause, Operand operand, Set<AttributeType> allowed) {
        AttributeValue value = ((Operand.Constant) operand).value();
        if (!allowed.contains(value.type())) {
            throw kind.invalid("Incorrect operand type for operator or function; operator: " + clause
                    + ", operand type: " + longName(value.type()) + ", typeSet: ALLOWED_FOR_" + clause + "_OPERAND");
        }
    }

    /** The types' names in the messages that spell them out. */
    static String longName(AttributeType type) {
        return switch (type) {
            case S -> "STRING";
            case N -> "NUMBER";
            case B -> "BINARY";
            case BOOL -> "BOOLEAN";
            case NULL -> "NULL";
            case L -> "LIST";
            case M -> "MAP";
            case SS -> "STRING_SET";
            case NS -> "NUMBER_SET";
            case BS -> "BINARY_SET";
        };
    }
}
