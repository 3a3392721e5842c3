package io.tailrace.engine.expression;

import java.util.List;
import java.util.Objects;

/** A condition: parsed, with placeholders, or bound, with names and values in their place. */
public sealed interface Condition {
    /** The sorts of conditions. */
    enum Kind {
        COMPARISON,
        BETWEEN,
        IN,
        CALL,
        AND,
        OR,
        NOT
    }

    Kind kind();

    /** left operator right. */
    record Comparison(ComparisonOperator operator, Operand left, Operand right) implements Condition {
        public Comparison {
            Objects.requireNonNull(operator);
            Objects.requireNonNull(left);
            Objects.requireNonNull(right);
        }

        @Override
        public Kind kind() {
            return Kind.COMPARISON;
        }
    }

    /** value BETWEEN low AND high, both inclusive. */
    record Between(Operand value, Operand low, Operand high) implements Condition {
        public Between {
            Objects.requireNonNull(value);
            Objects.requireNonNull(low);
            Objects.requireNonNull(high);
        }

        @Override
        public Kind kind() {
            return Kind.BETWEEN;
        }
    }

    /** value IN (candidates). */
    record In(Operand value, List<Operand> candidates) implements Condition {
        public In {
            Objects.requireNonNull(value);
            candidates = List.copyOf(candidates);
        }

        @Override
        public Kind kind() {
            return Kind.IN;
        }
    }

    /** A function that is a condition. */
    record Call(ExpressionFunction function, List<Operand> operands) implements Condition {
        public Call {
            operands = List.copyOf(operands);
            if (function.role() != ExpressionFunction.Role.CONDITION) {
                throw new IllegalArgumentException(function + " is no condition");
            }
        }

        @Override
        public Kind kind() {
            return Kind.CALL;
        }
    }

    /** All of the conditions. */
    record And(List<Condition> conditions) implements Condition {
        public And {
            conditions = List.copyOf(conditions);
        }

        @Override
        public Kind kind() {
            return Kind.AND;
        }
    }

    /** At least one of the conditions. */
    record Or(List<Condition> conditions) implements Condition {
        public Or {
            conditions = List.copyOf(conditions);
        }

        @Override
        public Kind kind() {
            return Kind.OR;
        }
    }

    /** The opposite of the condition. */
    record Not(Condition condition) implements Condition {
        public Not {
            Objects.requireNonNull(condition);
        }

        @Override
        public Kind kind() {
            return Kind.NOT;
        }
    }
}
