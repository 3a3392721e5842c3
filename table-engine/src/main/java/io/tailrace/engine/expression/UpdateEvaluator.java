package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.DynamoNumber;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.NumberRangeException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the values that an update's actions give, all of them from the item as it was. Source: Developer Guide, "Using
 * update expressions in DynamoDB".
 */
final class UpdateEvaluator {
    static final String INCORRECT_TYPE = "An operand in the update expression has an incorrect data type";

    private final Item before;
    private final String typeMismatch;

    /**
     * @param before the item as it was
     * @param typeMismatch the message when ADD or DELETE finds a value of another type
     */
    UpdateEvaluator(Item before, String typeMismatch) {
        this.before = before;
        this.typeMismatch = typeMismatch;
    }

    /** @throws ExpressionException when what the path leads through is not there, or is no map or list as it should be */
    void checkPath(UpdateAction action) {
        Path path = action.path();
        if (path.isNested()) {
            AttributeValue parent = path.parent().in(before);
            boolean inList = path.last() instanceof PathElement.Index;
            if (inList ? !(parent instanceof AttributeValue.L) : !(parent instanceof AttributeValue.M)) {
                throw new ExpressionException(
                        "The document path provided in the update expression is invalid for update");
            }
        }
    }

    Edit edit(UpdateAction action) {
        Path path = action.path();
        return switch (action.kind()) {
            case SET -> new Edit(path, value(((UpdateAction.Set) action).value()));
            case REMOVE -> new Edit(path, null);
            case ADD -> {
                AttributeValue addend = constant(((UpdateAction.Add) action).value());
                AttributeValue existing = ofType(addend, path);
                yield new Edit(path, existing == null ? addend : Sets.add(existing, addend));
            }
            case DELETE -> {
                AttributeValue elements = constant(((UpdateAction.Delete) action).value());
                AttributeValue existing = ofType(elements, path);
                yield new Edit(path, existing == null ? null : Sets.delete(existing, elements));
            }
        };
    }

    /** What is at the path, of the operand's type, or null. */
    private AttributeValue ofType(AttributeValue operand, Path path) {
        AttributeValue existing = path.in(before);
        if (existing != null && existing.type() != operand.type()) {
            throw new ExpressionException(typeMismatch);
        }
        return existing;
    }

    private static AttributeValue constant(Operand operand) {
        return ((Operand.Constant) operand).value();
    }

    private AttributeValue value(SetValue value) {
        if (value instanceof Operand operand) {
            return value(operand);
        }
        Arithmetic arithmetic = (Arithmetic) value;
        DynamoNumber left = number(value(arithmetic.left()));
        DynamoNumber right = number(value(arithmetic.right()));
        return switch (arithmetic.operator()) {
            case PLUS -> plus(left, right);
            case MINUS -> minus(left, right);
        };
    }

    private AttributeValue value(Operand operand) {
        return switch (operand.kind()) {
            case PATH -> {
                AttributeValue value = ((Path) operand).in(before);
                if (value == null) {
                    throw new ExpressionException(
                            "The provided expression refers to an attribute that does not exist in the item");
                }
                yield value;
            }
            case CONSTANT -> constant(operand);
            case CALL -> call((Operand.Call) operand);
            case VALUE_REFERENCE -> throw new IllegalStateException("update is not bound");
        };
    }

    private AttributeValue call(Operand.Call call) {
        Operand first = call.operands().get(0);
        Operand second = call.operands().get(1);
        return switch (call.function()) {
            case IF_NOT_EXISTS -> {
                // The second operand must have a value even where it is not needed.
                AttributeValue otherwise = value(second);
                AttributeValue existing = ((Path) first).in(before);
                yield existing == null ? otherwise : existing;
            }
            case LIST_APPEND -> {
                List<AttributeValue> elements = new ArrayList<>(list(value(first)));
                elements.addAll(list(value(second)));
                yield new AttributeValue.L(elements);
            }
            case ATTRIBUTE_EXISTS, ATTRIBUTE_NOT_EXISTS, ATTRIBUTE_TYPE, BEGINS_WITH, CONTAINS, SIZE ->
                throw new IllegalStateException("not of updates: " + call.function());
        };
    }

    private static DynamoNumber number(AttributeValue value) {
        if (value instanceof AttributeValue.N number) {
            return number.value();
        }
        throw incorrectType();
    }

    private static List<AttributeValue> list(AttributeValue value) {
        if (value instanceof AttributeValue.L list) {
            return list.values();
        }
        throw incorrectType();
    }

    static AttributeValue plus(DynamoNumber left, DynamoNumber right) {
        try {
            return new AttributeValue.N(left.plus(right));
        } catch (NumberRangeException e) {
            throw outOfRange(e);
        }
    }

    private static AttributeValue minus(DynamoNumber left, DynamoNumber right) {
        try {
            return new AttributeValue.N(left.minus(right));
        } catch (NumberRangeException e) {
            throw outOfRange(e);
        }
    }

    private static ExpressionException outOfRange(NumberRangeException e) {
        return new ExpressionException(
                switch (e.violation()) {
                    case OVERFLOW ->
                        "Number overflow. Attempting to store a number with magnitude larger than supported range";
                    case UNDERFLOW ->
                        "Number underflow. Attempting to store a number with magnitude smaller than supported range";
                    case PRECISION -> "Attempting to store more than 38 significant digits in a Number";
                });
    }

    private static ExpressionException incorrectType() {
        return new ExpressionException(INCORRECT_TYPE);
    }
}
