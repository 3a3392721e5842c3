package io.tailrace.engine.expression;

import java.util.Objects;

/** A sum or a difference; DynamoDB allows one of them for each SET. */
public record Arithmetic(Operator operator, Operand left, Operand right) implements SetValue {
    public Arithmetic {
        Objects.requireNonNull(operator);
        Objects.requireNonNull(left);
        Objects.requireNonNull(right);
    }

    /** Addition or subtraction. */
    public enum Operator {
        PLUS("+"),
        MINUS("-");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }
}
