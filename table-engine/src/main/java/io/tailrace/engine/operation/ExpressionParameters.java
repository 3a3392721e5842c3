package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.schemas.model.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which of a request's expression parameters and older parameters go together: the older ones exclude expressions, and
 * placeholders need an expression that can use them.
 */
final class ExpressionParameters {
    private static final String PROJECTION = "ProjectionExpression";

    private final List<String> older = new ArrayList<>();
    private final List<String> expressions = new ArrayList<>();
    private final List<String> valueExpressions = new ArrayList<>();
    private boolean hasValueExpression;

    /** A parameter that expressions replace; null when the request has none. */
    ExpressionParameters older(String name, Object value) {
        if (value != null && !older.contains(name)) {
            older.add(name);
        }
        return this;
    }

    /** An expression; null when the request has none. */
    ExpressionParameters expression(String name, String expression) {
        if (expression != null && !expressions.contains(name)) {
            expressions.add(name);
        }
        if (!name.equals(PROJECTION)) {
            valueExpressions.add(name);
            hasValueExpression |= expression != null;
        }
        return this;
    }

    /** As {@link #verify}, in the words of the writes of single items. */
    void verifySingleWrite(Map<String, String> names, Map<String, AttributeValue> values) {
        verify(names, null);
        if (values != null && !hasValueExpression) {
            throw DynamoException.validation(ErrorMessages.valuesWithoutExpression());
        }
    }

    /** Throws when they do not go together. */
    void verify(Map<String, String> names, Map<String, AttributeValue> values) {
        if (!expressions.isEmpty() && !older.isEmpty()) {
            throw DynamoException.validation(ErrorMessages.mixedParameters(older, expressions));
        }
        if (names != null && expressions.isEmpty()) {
            throw DynamoException.validation(ErrorMessages.namesWithoutExpression());
        }
        if (values != null && !valueExpressions.isEmpty() && !hasValueExpression) {
            throw DynamoException.validation(ErrorMessages.valuesWithoutExpression(valueExpressions));
        }
    }
}
