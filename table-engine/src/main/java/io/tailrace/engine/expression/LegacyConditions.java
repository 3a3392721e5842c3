package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parameters that came before expressions, as the same trees: Expected, QueryFilter, ScanFilter and KeyConditions.
 * Source: Developer Guide, "Legacy DynamoDB conditional parameters".
 */
public final class LegacyConditions {
    private static final Set<LegacyOperator> OF_KEYS = EnumSet.of(
            LegacyOperator.EQ,
            LegacyOperator.LE,
            LegacyOperator.LT,
            LegacyOperator.GE,
            LegacyOperator.GT,
            LegacyOperator.BEGINS_WITH,
            LegacyOperator.BETWEEN);

    private LegacyConditions() {}

    /** How several conditions are joined. */
    public enum ConditionalOperator {
        AND,
        OR
    }

    /**
     * The condition that a QueryFilter or ScanFilter is.
     *
     * @param filter by attribute name; empty means that every item passes
     * @param operator null when the request has none, which means AND
     * @throws ExpressionException when operands do not fit, with DynamoDB's message
     */
    public static BoundCondition filter(Map<String, LegacyCondition> filter, ConditionalOperator operator) {
        List<Condition> conditions = new ArrayList<>();
        filter.forEach((name, condition) -> conditions.add(condition(name, condition)));
        return joined(conditions, operator);
    }

    /**
     * The condition that Expected is.
     *
     * @param expected by attribute name; empty means no condition
     * @param operator null when the request has none, which means AND
     * @throws ExpressionException when parts do not go together or operands do not fit, with DynamoDB's message
     */
    public static BoundCondition expected(Map<String, ExpectedAttribute> expected, ConditionalOperator operator) {
        List<Condition> conditions = new ArrayList<>();
        expected.forEach((name, attribute) -> conditions.add(condition(name, attribute)));
        return joined(conditions, operator);
    }

    /**
     * The key condition that KeyConditions are.
     *
     * @throws ExpressionException when operands do not fit or keys cannot be found so, with DynamoDB's message
     */
    public static BoundKeyCondition keyConditions(Map<String, LegacyCondition> keyConditions) {
        List<Condition> conditions = new ArrayList<>();
        keyConditions.forEach((name, condition) -> {
            conditions.add(condition(name, condition));
            if (!OF_KEYS.contains(LegacyOperator.named(condition.comparisonOperator()))) {
                throw new ExpressionException("Attempted conditional constraint is not an indexable operation");
            }
        });
        return BoundKeyCondition.of(new Condition.And(conditions));
    }

    private static BoundCondition joined(List<Condition> conditions, ConditionalOperator operator) {
        if (operator != null && conditions.isEmpty()) {
            throw new ExpressionException("ConditionalOperator cannot be used without Filter or Expected");
        }
        if (operator != null && conditions.size() == 1) {
            throw new ExpressionException(
                    "ConditionalOperator can only be used when Filter or Expected has two or more elements");
        }
        return BoundCondition.of(
                operator == ConditionalOperator.OR ? new Condition.Or(conditions) : new Condition.And(conditions));
    }

    private static Condition condition(String name, LegacyCondition condition) {
        return condition(name, LegacyOperator.named(condition.comparisonOperator()), condition.attributeValueList());
    }

    private static Condition condition(String name, LegacyOperator operator, List<AttributeValue> operands) {
        operator.check(operands);
        return operator.condition(name, operands);
    }

    private static Condition condition(String name, ExpectedAttribute expected) {
        if (expected.comparisonOperator() == null) {
            return byExistence(name, expected);
        }
        LegacyOperator operator = LegacyOperator.named(expected.comparisonOperator());
        if (expected.exists() != null) {
            throw invalid("Exists and ComparisonOperator cannot be used together", name);
        }
        if (expected.value() != null && expected.attributeValueList() != null) {
            throw invalid("Value and AttributeValueList cannot be used together", name);
        }
        boolean withoutOperands = operator == LegacyOperator.NULL || operator == LegacyOperator.NOT_NULL;
        if (expected.value() == null && expected.attributeValueList() == null && !withoutOperands) {
            throw invalid("Value or AttributeValueList must be used with ComparisonOperator: " + operator.name(), name);
        }
        return condition(name, operator, operands(expected));
    }

    private static List<AttributeValue> operands(ExpectedAttribute expected) {
        if (expected.value() != null) {
            return List.of(expected.value());
        }
        return expected.attributeValueList() == null ? List.of() : expected.attributeValueList();
    }

    /** The oldest form: a value that the attribute has, or no attribute. */
    private static Condition byExistence(String name, ExpectedAttribute expected) {
        if (expected.attributeValueList() != null) {
            throw invalid("AttributeValueList can only be used with a ComparisonOperator", name);
        }
        if (Boolean.FALSE.equals(expected.exists())) {
            if (expected.value() != null) {
                throw invalid("Value cannot be used when Exists is false", name);
            }
            return LegacyOperator.NULL.condition(name, List.of());
        }
        if (expected.value() == null) {
            throw invalid("Value must be provided when Exists is " + expected.exists(), name);
        }
        return LegacyOperator.EQ.condition(name, List.of(expected.value()));
    }

    private static ExpressionException invalid(String detail, String name) {
        return new ExpressionException(
                "One or more parameter values were invalid: " + detail + " for Attribute: " + name);
    }
}
