package io.tailrace.engine.operation;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.List;
import java.util.Map;

/**
 * A delete within a transaction. Members are null where the request has none.
 *
 * @param malformedValues what the decoder could not read as attribute values, in their order; empty for none
 */
public record TransactDelete(
        String tableName,
        Item key,
        String conditionExpression,
        Map<String, String> expressionAttributeNames,
        Map<String, AttributeValue> expressionAttributeValues,
        String returnValuesOnConditionCheckFailure,
        List<MalformedValue> malformedValues) {}
