package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes a bound condition apart into conditions on single attributes, and refuses what a key condition may not say. */
final class KeyPredicates {
    private final List<KeyPredicate> predicates = new ArrayList<>();

    private KeyPredicates() {}

    /** The conditions on single attributes, no two on one. */
    static List<KeyPredicate> of(Condition condition) {
        KeyPredicates collector = new KeyPredicates();
        collector.collect(condition);
        Set<String> names = new HashSet<>();
        for (KeyPredicate predicate : collector.predicates) {
            if (!names.add(predicate.attributeName())) {
                throw new ExpressionException("Invalid KeyConditionExpression: "
                        + "KeyConditionExpressions must only contain one condition per key");
            }
        }
        return collector.predicates;
    }

    private void collect(Condition condition) {
        switch (condition.kind()) {
            case AND -> ((Condition.And) condition).conditions().forEach(this::collect);
            case COMPARISON -> comparison((Condition.Comparison) condition);
            case BETWEEN -> {
                Condition.Between between = (Condition.Between) condition;
                ofFirst(KeyPredicate.Operator.BETWEEN, "BETWEEN", between.value(), between.low(), between.high());
            }
            case CALL -> {
                Condition.Call call = (Condition.Call) condition;
                String name = call.function().functionName();
                if (call.function() != ExpressionFunction.BEGINS_WITH) {
                    throw invalidOperator(name);
                }
                ofFirst(
                        KeyPredicate.Operator.BEGINS_WITH,
                        name,
                        call.operands().get(0),
                        call.operands().get(1));
            }
            case OR, NOT, IN -> throw invalidOperator(condition.kind().name());
        }
    }

    private void comparison(Condition.Comparison comparison) {
        if (comparison.operator() == ComparisonOperator.NE) {
            throw invalidOperator(comparison.operator().symbol());
        }
        refuseNested(comparison.left(), comparison.right());
        boolean nameFirst = comparison.left() instanceof Path;
        if (nameFirst && comparison.right() instanceof Path) {
            throw severalNames();
        }
        if (!nameFirst && !(comparison.right() instanceof Path)) {
            throw invalidCondition("No key attribute specified");
        }
        if (nameFirst) {
            add(operator(comparison.operator()), comparison.left(), comparison.right());
        } else {
            add(operator(comparison.operator().reversed()), comparison.right(), comparison.left());
        }
    }

    /** An operator whose first operand must be the attribute and whose others must be values. */
    private void ofFirst(KeyPredicate.Operator operator, String operatorName, Operand first, Operand... others) {
        refuseNested(first);
        refuseNested(others);
        int names = first instanceof Path ? 1 : 0;
        for (Operand other : others) {
            names += other instanceof Path ? 1 : 0;
        }
        if (names == 0) {
            throw invalidCondition("No key attribute specified");
        }
        if (names > 1) {
            throw severalNames();
        }
        if (!(first instanceof Path)) {
            throw invalidCondition(operatorName + " operator must have the key attribute as its first operand");
        }
        add(operator, first, others);
    }

    private void add(KeyPredicate.Operator operator, Operand name, Operand... operands) {
        List<AttributeValue> values = new ArrayList<>();
        for (Operand operand : operands) {
            values.add(((Operand.Constant) operand).value());
        }
        predicates.add(new KeyPredicate(((Path) name).topLevelName(), operator, values));
    }

    /** Keys are top-level attributes, and no function has anything to say of them. */
    private static void refuseNested(Operand... operands) {
        for (Operand operand : operands) {
            if (operand instanceof Operand.Call) {
                throw new ExpressionException("KeyConditionExpressions cannot contain nested operations");
            }
            if (operand instanceof Path path && path.isNested()) {
                throw new ExpressionException("KeyConditionExpressions cannot have conditions on nested attributes");
            }
        }
    }

    private static KeyPredicate.Operator operator(ComparisonOperator operator) {
        return switch (operator) {
            case EQ -> KeyPredicate.Operator.EQ;
            case LT -> KeyPredicate.Operator.LT;
            case LE -> KeyPredicate.Operator.LE;
            case GT -> KeyPredicate.Operator.GT;
            case GE -> KeyPredicate.Operator.GE;
            case NE -> throw new IllegalStateException("refused before");
        };
    }

    private static ExpressionException invalidOperator(String operator) {
        return new ExpressionException("Invalid operator used in KeyConditionExpression: " + operator);
    }

    private static ExpressionException severalNames() {
        return invalidCondition("Multiple attribute names used in one condition");
    }

    private static ExpressionException invalidCondition(String detail) {
        return new ExpressionException("Invalid condition in KeyConditionExpression: " + detail);
    }
}
