package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The comparison operators of the parameters that came before expressions, with what operands they take. */
enum LegacyOperator {
    EQ(1, 1, EnumSet.allOf(AttributeType.class)),
    NE(1, 1, EnumSet.allOf(AttributeType.class)),
    LE(1, 1, OperandBinder.ORDERED),
    LT(1, 1, OperandBinder.ORDERED),
    GE(1, 1, OperandBinder.ORDERED),
    GT(1, 1, OperandBinder.ORDERED),
    NOT_NULL(0, 0, OperandBinder.ORDERED),
    NULL(0, 0, OperandBinder.ORDERED),
    CONTAINS(1, 1, Elements.TYPES),
    NOT_CONTAINS(1, 1, Elements.TYPES),
    BEGINS_WITH(1, 1, EnumSet.of(AttributeType.S, AttributeType.B)),
    IN(1, ExpressionLimits.MAX_IN_OPERANDS, OperandBinder.ORDERED),
    BETWEEN(2, 2, OperandBinder.ORDERED);

    private static final String INVALID = "One or more parameter values were invalid: ";

    private final int fewest;
    private final int most;
    private final Set<AttributeType> types;

    LegacyOperator(int fewest, int most, Set<AttributeType> types) {
        this.fewest = fewest;
        this.most = most;
        this.types = types;
    }

    /** Types of what CONTAINS looks for; in a holder, since an enum's constants come before its fields. */
    private static final class Elements {
        static final Set<AttributeType> TYPES =
                EnumSet.of(AttributeType.S, AttributeType.N, AttributeType.B, AttributeType.BOOL, AttributeType.NULL);
    }

    static LegacyOperator named(String name) {
        for (LegacyOperator operator : values()) {
            if (operator.name().equals(name)) {
                return operator;
            }
        }
        throw new ExpressionException("Comparison type does not exist in DynamoDB");
    }

    /** Checks number and types of the operands. */
    void check(List<AttributeValue> operands) {
        if (operands.size() < fewest || operands.size() > most) {
            throw new ExpressionException(
                    INVALID + "Invalid number of argument(s) for the " + name() + " ComparisonOperator");
        }
        for (AttributeValue operand : operands) {
            if (operand.type() != operands.get(0).type()) {
                throw new ExpressionException(
                        INVALID + "AttributeValues inside AttributeValueList must be of same type");
            }
        }
        for (AttributeValue operand : operands) {
            if (!types.contains(operand.type())) {
                throw new ExpressionException(INVALID + "ComparisonOperator " + name() + " is not valid for "
                        + operand.type() + " AttributeValue type");
            }
        }
        if (this == BETWEEN && Values.compare(operands.get(0), operands.get(1)) > 0) {
            throw new ExpressionException(
                    "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound");
        }
    }

    /** The condition on an attribute; the operands are checked. */
    Condition condition(String attributeName, List<AttributeValue> operands) {
        Path path = Path.of(attributeName);
        List<Operand> values =
                operands.stream().<Operand>map(Operand.Constant::new).toList();
        return switch (this) {
            case EQ -> new Condition.Comparison(ComparisonOperator.EQ, path, values.get(0));
            case NE -> new Condition.Comparison(ComparisonOperator.NE, path, values.get(0));
            case LE -> new Condition.Comparison(ComparisonOperator.LE, path, values.get(0));
            case LT -> new Condition.Comparison(ComparisonOperator.LT, path, values.get(0));
            case GE -> new Condition.Comparison(ComparisonOperator.GE, path, values.get(0));
            case GT -> new Condition.Comparison(ComparisonOperator.GT, path, values.get(0));
            case NOT_NULL -> exists(path);
            case NULL -> new Condition.Call(ExpressionFunction.ATTRIBUTE_NOT_EXISTS, List.of(path));
            case CONTAINS -> contains(path, values.get(0));
            case NOT_CONTAINS ->
                new Condition.And(List.of(exists(path), new Condition.Not(contains(path, values.get(0)))));
            case BEGINS_WITH -> new Condition.Call(ExpressionFunction.BEGINS_WITH, List.of(path, values.get(0)));
            case IN -> new Condition.In(path, values);
            case BETWEEN -> new Condition.Between(path, values.get(0), values.get(1));
        };
    }

    private static Condition exists(Path path) {
        return new Condition.Call(ExpressionFunction.ATTRIBUTE_EXISTS, List.of(path));
    }

    private static Condition contains(Path path, Operand part) {
        return new Condition.Call(ExpressionFunction.CONTAINS, List.of(path, part));
    }
}
