package io.tailrace.engine.operation;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.List;
import java.util.Map;

/**
 * The request of PutItem. Members are null where the request has none.
 *
 * @param malformedValues what the decoder could not read as attribute values, in their order; empty for none
 */
public record PutItemRequest(
        String tableName,
        Item item,
        Map<String, ExpectedAttributeValue> expected,
        String conditionalOperator,
        String conditionExpression,
        Map<String, String> expressionAttributeNames,
        Map<String, AttributeValue> expressionAttributeValues,
        String returnValues,
        String returnConsumedCapacity,
        String returnItemCollectionMetrics,
        String returnValuesOnConditionCheckFailure,
        List<MalformedValue> malformedValues)
        implements ConditionedWriteRequest {}
