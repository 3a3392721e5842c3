package io.tailrace.engine.expression;

/** Which request parameter an expression came in: it names the expression in error messages. */
public enum ExpressionKind {
    CONDITION("ConditionExpression"),
    FILTER("FilterExpression"),
    KEY_CONDITION("KeyConditionExpression"),
    PROJECTION("ProjectionExpression"),
    UPDATE("UpdateExpression"),

    /** Part of a PartiQL statement, which has no parameter of its own: messages are without a prefix. */
    STATEMENT("Statement");

    private final String parameterName;

    ExpressionKind(String parameterName) {
        this.parameterName = parameterName;
    }

    /** The request parameter's name, as the API spells it. */
    public String parameterName() {
        return parameterName;
    }

    /** The exception for a fault in an expression of this kind. */
    ExpressionException invalid(String detail) {
        return new ExpressionException(this == STATEMENT ? detail : "Invalid " + parameterName + ": " + detail);
    }
}
