package io.tailrace.engine.operation;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.Map;

/**
 * An update within a transaction. Members are null where the request has none.
 */
public record TransactUpdate(
        String tableName,
        Item key,
        String updateExpression,
        String conditionExpression,
        Map<String, String> expressionAttributeNames,
        Map<String, AttributeValue> expressionAttributeValues,
        String returnValuesOnConditionCheckFailure) {}
