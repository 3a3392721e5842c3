package io.tailrace.engine.expression;

/**
 * A refused expression. The message is DynamoDB's text, whole: the API's layer makes a ValidationException of it without
 * touching it. A client's mistake has no stack trace.
 */
public final class ExpressionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ExpressionException(String message) {
        super(message, null, false, false);
    }
}
