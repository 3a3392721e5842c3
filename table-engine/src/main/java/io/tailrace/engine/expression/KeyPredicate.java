package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;
import java.util.List;

/**
 * A condition on one attribute, as key conditions have it: the attribute's name, what must hold, and the values for it
 * (two for BETWEEN, else one).
 */
record KeyPredicate(String attributeName, Operator operator, List<AttributeValue> values) {
    KeyPredicate {
        values = List.copyOf(values);
    }

    /** What a key condition can say of an attribute. */
    enum Operator {
        EQ,
        LT,
        LE,
        GT,
        GE,
        BETWEEN,
        BEGINS_WITH
    }
}
