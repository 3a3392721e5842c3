package io.tailrace.schemas.model;

/** A number that is well formed but outside DynamoDB's precision or magnitude. */
public final class NumberRangeException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    /** Which bound was crossed. */
    public enum Violation {
        OVERFLOW,
        UNDERFLOW,
        PRECISION
    }

    private final Violation violation;

    public NumberRangeException(Violation violation) {
        super(violation.name());
        this.violation = violation;
    }

    public Violation violation() {
        return violation;
    }
}
