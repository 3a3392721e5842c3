package io.tailrace.engine.operation;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.Map;

/**
 * A condition that an item must satisfy for a transaction to go through. Members are null where the request has none.
 */
public record TransactConditionCheck(
        String tableName,
        Item key,
        String conditionExpression,
        Map<String, String> expressionAttributeNames,
        Map<String, AttributeValue> expressionAttributeValues,
        String returnValuesOnConditionCheckFailure) {}
