package io.tailrace.engine.operation;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.List;
import java.util.Map;

/**
 * The request of Scan. Members are null where the request has none.
 *
 * @param malformedValues what the decoder could not read as attribute values, in their order; empty for none
 */
public record ScanRequest(
        String tableName,
        String indexName,
        String filterExpression,
        Map<String, Condition> scanFilter,
        String conditionalOperator,
        String projectionExpression,
        List<String> attributesToGet,
        Map<String, String> expressionAttributeNames,
        Map<String, AttributeValue> expressionAttributeValues,
        String select,
        Integer limit,
        Item exclusiveStartKey,
        Integer segment,
        Integer totalSegments,
        Boolean consistentRead,
        String returnConsumedCapacity,
        List<MalformedValue> malformedValues)
        implements PagedReadRequest {}
