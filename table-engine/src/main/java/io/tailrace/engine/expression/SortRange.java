package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.KeyAttribute;

/**
 * A range of one sort key attribute.
 *
 * @param attribute the attribute
 * @param operator what must hold
 * @param operand the bound, the lower bound of BETWEEN, or the prefix
 * @param upper the upper bound of BETWEEN, else null
 */
public record SortRange(KeyAttribute attribute, Operator operator, AttributeValue operand, AttributeValue upper) {
    public SortRange {
        if ((operator == Operator.BETWEEN) != (upper != null)) {
            throw new IllegalArgumentException("BETWEEN has an upper bound, others have none");
        }
    }

    /** What must hold; both bounds of BETWEEN are inclusive. */
    public enum Operator {
        LT,
        LE,
        GT,
        GE,
        BETWEEN,
        BEGINS_WITH
    }

    /** Whether a value of the attribute's type lies in the range. */
    public boolean contains(AttributeValue value) {
        return switch (operator) {
            case LT -> Values.compare(value, operand) < 0;
            case LE -> Values.compare(value, operand) <= 0;
            case GT -> Values.compare(value, operand) > 0;
            case GE -> Values.compare(value, operand) >= 0;
            case BETWEEN -> Values.compare(value, operand) >= 0 && Values.compare(value, upper) <= 0;
            case BEGINS_WITH -> Values.beginsWith(value, operand);
        };
    }
}
