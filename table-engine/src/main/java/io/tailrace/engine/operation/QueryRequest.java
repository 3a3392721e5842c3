package io.tailrace.engine.operation;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.List;
import java.util.Map;

/**
 * The request of Query. Members are null where the request has none.
 *
 * @param malformedValues what the decoder could not read as attribute values, in their order; empty for none
 */
public record QueryRequest(
        String tableName,
        String indexName,
        String keyConditionExpression,
        Map<String, Condition> keyConditions,
        String filterExpression,
        Map<String, Condition> queryFilter,
        String conditionalOperator,
        String projectionExpression,
        List<String> attributesToGet,
        Map<String, String> expressionAttributeNames,
        Map<String, AttributeValue> expressionAttributeValues,
        String select,
        Integer limit,
        Item exclusiveStartKey,
        Boolean scanIndexForward,
        Boolean consistentRead,
        String returnConsumedCapacity,
        List<MalformedValue> malformedValues)
        implements PagedReadRequest {}
