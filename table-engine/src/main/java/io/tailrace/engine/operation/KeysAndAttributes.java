package io.tailrace.engine.operation;

import io.tailrace.schemas.model.Item;
import java.util.List;
import java.util.Map;

/**
 * What BatchGetItem asks of one table. Members are null where the request has none.
 */
public record KeysAndAttributes(
        List<Item> keys,
        Boolean consistentRead,
        List<String> attributesToGet,
        String projectionExpression,
        Map<String, String> expressionAttributeNames) {}
