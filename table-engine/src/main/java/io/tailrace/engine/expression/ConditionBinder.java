package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;
import java.util.ArrayList;
import java.util.List;

/** Binds conditions; see {@link OperandBinder}. */
final class ConditionBinder {
    private final ExpressionKind kind;
    private final OperandBinder operands;

    ConditionBinder(ExpressionKind kind, ExpressionAttributes attributes) {
        this.kind = kind;
        this.operands = new OperandBinder(kind, attributes);
    }

    Condition bind(Condition condition) {
        return switch (condition.kind()) {
            case COMPARISON -> bind((Condition.Comparison) condition);
            case BETWEEN -> bind((Condition.Between) condition);
            case IN -> bind((Condition.In) condition);
            case CALL -> bind((Condition.Call) condition);
            case AND -> new Condition.And(bindAll(((Condition.And) condition).conditions()));
            case OR -> new Condition.Or(bindAll(((Condition.Or) condition).conditions()));
            case NOT -> new Condition.Not(bind(((Condition.Not) condition).condition()));
        };
    }

    private List<Condition> bindAll(List<Condition> conditions) {
        List<Condition> bound = new ArrayList<>(conditions.size());
        for (Condition condition : conditions) {
            bound.add(bind(condition));
        }
        return bound;
    }

    private Condition bind(Condition.Comparison comparison) {
        List<Operand> bound = operands.bindAll(List.of(comparison.left(), comparison.right()));
        ComparisonOperator operator = comparison.operator();
        operands.checkDistinct(operator.symbol(), bound);
        if (operator.isOrdering()) {
            operands.checkTypes(operator.symbol(), bound, OperandBinder.ORDERED);
        }
        return new Condition.Comparison(operator, bound.get(0), bound.get(1));
    }

    private Condition bind(Condition.Between between) {
        List<Operand> bound = operands.bindAll(List.of(between.value(), between.low(), between.high()));
        operands.checkTypes("BETWEEN", bound, OperandBinder.ORDERED);
        operands.checkDistinct("BETWEEN", bound);
        if (bound.get(1) instanceof Operand.Constant low && bound.get(2) instanceof Operand.Constant high) {
            checkBounds(low.value(), high.value());
        }
        return new Condition.Between(bound.get(0), bound.get(1), bound.get(2));
    }

    private void checkBounds(AttributeValue low, AttributeValue high) {
        String requirement;
        if (low.type() != high.type()) {
            requirement = "same data type for lower and upper bounds";
        } else if (Values.compare(low, high) > 0) {
            requirement = "upper bound to be greater than or equal to lower bound";
        } else {
            return;
        }
        throw kind.invalid("The BETWEEN operator requires " + requirement + "; lower bound operand: AttributeValue: "
                + shown(low) + ", upper bound operand: AttributeValue: " + shown(high));
    }

    private static String shown(AttributeValue value) {
        return "{" + value.type() + ":" + Values.scalarText(value) + "}";
    }

    private Condition bind(Condition.In in) {
        List<Operand> all = new ArrayList<>();
        all.add(in.value());
        all.addAll(in.candidates());
        List<Operand> bound = operands.bindAll(all);
        if (in.candidates().size() > ExpressionLimits.MAX_IN_OPERANDS) {
            throw kind.invalid("The IN operator is provided with too many operands; number of operands: "
                    + in.candidates().size());
        }
        operands.checkDistinct("IN", bound);
        return new Condition.In(bound.get(0), bound.subList(1, bound.size()));
    }

    private Condition bind(Condition.Call call) {
        List<Operand> bound = operands.bindAll(call.operands());
        operands.checkCall(call.function(), bound);
        return new Condition.Call(call.function(), bound);
    }
}
