package io.tailrace.engine.operation;

import io.tailrace.schemas.model.Item;
import java.util.List;
import java.util.Map;

/**
 * The request of GetItem. Members are null where the request has none.
 *
 * @param malformedValues what the decoder could not read as attribute values, in their order; empty for none
 */
public record GetItemRequest(
        String tableName,
        Item key,
        Boolean consistentRead,
        List<String> attributesToGet,
        String projectionExpression,
        Map<String, String> expressionAttributeNames,
        String returnConsumedCapacity,
        List<MalformedValue> malformedValues) {}
