package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.List;
import java.util.OptionalInt;

/** Evaluates bound conditions on an item. An operand that the item does not have makes everything false but {@code <>}. */
final class ConditionEvaluator {
    private final Item item;

    ConditionEvaluator(Item item) {
        this.item = item;
    }

    boolean test(Condition condition) {
        return switch (condition.kind()) {
            case COMPARISON -> test((Condition.Comparison) condition);
            case BETWEEN -> test((Condition.Between) condition);
            case IN -> test((Condition.In) condition);
            case CALL -> test((Condition.Call) condition);
            case AND -> all(((Condition.And) condition).conditions());
            case OR -> any(((Condition.Or) condition).conditions());
            case NOT -> !test(((Condition.Not) condition).condition());
        };
    }

    private boolean all(List<Condition> conditions) {
        for (Condition condition : conditions) {
            if (!test(condition)) {
                return false;
            }
        }
        return true;
    }

    private boolean any(List<Condition> conditions) {
        for (Condition condition : conditions) {
            if (test(condition)) {
                return true;
            }
        }
        return false;
    }

    private boolean test(Condition.Comparison comparison) {
        AttributeValue left = value(comparison.left());
        AttributeValue right = value(comparison.right());
        return compare(comparison.operator(), left, right);
    }

    private static boolean compare(ComparisonOperator operator, AttributeValue left, AttributeValue right) {
        return switch (operator) {
            case EQ -> left != null && left.equals(right);
            case NE -> left == null || !left.equals(right);
            case LT, LE, GT, GE ->
                left != null
                        && right != null
                        && left.type() == right.type()
                        && Values.isOrdered(left.type())
                        && operator.holds(Values.compare(left, right));
        };
    }

    private boolean test(Condition.Between between) {
        AttributeValue value = value(between.value());
        return compare(ComparisonOperator.GE, value, value(between.low()))
                && compare(ComparisonOperator.LE, value, value(between.high()));
    }

    private boolean test(Condition.In in) {
        AttributeValue value = value(in.value());
        if (value == null) {
            return false;
        }
        for (Operand candidate : in.candidates()) {
            if (value.equals(value(candidate))) {
                return true;
            }
        }
        return false;
    }

    private boolean test(Condition.Call call) {
        AttributeValue first = value(call.operands().get(0));
        return switch (call.function()) {
            case ATTRIBUTE_EXISTS -> first != null;
            case ATTRIBUTE_NOT_EXISTS -> first == null;
            case ATTRIBUTE_TYPE ->
                first != null && first.type().name().equals(text(call.operands().get(1)));
            case BEGINS_WITH -> {
                AttributeValue prefix = value(call.operands().get(1));
                yield first != null && prefix != null && Values.beginsWith(first, prefix);
            }
            case CONTAINS -> {
                AttributeValue part = value(call.operands().get(1));
                yield first != null && part != null && Values.contains(first, part);
            }
            case SIZE, IF_NOT_EXISTS, LIST_APPEND -> throw new IllegalStateException("no condition");
        };
    }

    private static String text(Operand typeName) {
        return ((AttributeValue.S) ((Operand.Constant) typeName).value()).value();
    }

    /** The operand's value, or null when the item gives it none. */
    private AttributeValue value(Operand operand) {
        return switch (operand.kind()) {
            case PATH -> ((Path) operand).in(item);
            case CONSTANT -> ((Operand.Constant) operand).value();
            case CALL -> size((Operand.Call) operand);
            case VALUE_REFERENCE -> throw new IllegalStateException("condition is not bound");
        };
    }

    private AttributeValue size(Operand.Call call) {
        AttributeValue value = value(call.operands().get(0));
        OptionalInt size = value == null ? OptionalInt.empty() : Values.size(value);
        return size.isPresent() ? AttributeValue.number(size.getAsInt()) : null;
    }
}
