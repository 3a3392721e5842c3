package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.expression.BoundCondition;
import io.tailrace.engine.expression.BoundKeyCondition;
import io.tailrace.engine.expression.BoundProjection;
import io.tailrace.engine.expression.BoundUpdate;
import io.tailrace.engine.expression.ConditionExpression;
import io.tailrace.engine.expression.ExpressionAttributes;
import io.tailrace.engine.expression.ExpressionException;
import io.tailrace.engine.expression.ExpressionKind;
import io.tailrace.engine.expression.KeyConditionExpression;
import io.tailrace.engine.expression.ProjectionExpression;
import io.tailrace.engine.expression.UpdateExpression;
import io.tailrace.schemas.model.AttributeValue;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Parses and binds the expressions of one request, each as a whole before the next, against its placeholders. The order of
 * calls is the order in which DynamoDB looks at them; {@link #verifyAllUsed} comes last. Absent expressions stay null.
 */
final class BoundExpressions {
    private final ExpressionAttributes attributes;

    /** Checks the placeholders themselves. */
    BoundExpressions(
            Map<String, String> names, Map<String, AttributeValue> values, List<MalformedValue> malformedValues) {
        this(names, values, malformedValues, MalformedValue::message);
    }

    private BoundExpressions(
            Map<String, String> names,
            Map<String, AttributeValue> values,
            List<MalformedValue> malformedValues,
            Function<MalformedValue, String> text) {
        boolean onlyMalformed = values != null
                && values.isEmpty()
                && malformedValues.stream().anyMatch(value -> value.member().equals("ExpressionAttributeValues"));
        attributes = refusing(() -> ExpressionAttributes.of(names, onlyMalformed ? null : values));
        for (MalformedValue malformed : malformedValues) {
            if (malformed.member().equals("ExpressionAttributeValues")) {
                throw DynamoException.validation(text.apply(malformed));
            }
        }
    }

    /** As the constructor, for operations that DynamoDB still validates in its older way: the placeholder is named, too. */
    static BoundExpressions inOlderWords(
            Map<String, String> names, Map<String, AttributeValue> values, List<MalformedValue> malformedValues) {
        return new BoundExpressions(
                names,
                values,
                malformedValues,
                malformed -> ErrorMessages.invalidExpressionValue(malformed.name(), malformed.olderMessage()));
    }

    BoundCondition condition(ExpressionKind kind, String text) {
        return text == null
                ? null
                : refusing(() -> ConditionExpression.parse(kind, text).bind(attributes));
    }

    BoundUpdate update(String text) {
        return text == null ? null : refusing(() -> UpdateExpression.parse(text).bind(attributes));
    }

    BoundProjection projection(String text) {
        return text == null
                ? null
                : refusing(() -> ProjectionExpression.parse(text).bind(attributes));
    }

    BoundKeyCondition keyCondition(String text) {
        return text == null
                ? null
                : refusing(() -> KeyConditionExpression.parse(text).bind(attributes));
    }

    void verifyAllUsed() {
        refusing(() -> {
            attributes.assertAllUsed();
            return attributes;
        });
    }

    /** Turns the refusal of an expression, whose message is DynamoDB's, into the API's error. */
    static <T> T refusing(Supplier<T> expressionWork) {
        try {
            return expressionWork.get();
        } catch (ExpressionException refused) {
            throw DynamoException.validation(refused.getMessage());
        }
    }
}
