package io.tailrace.engine.operation;

import io.tailrace.schemas.model.Item;
import java.util.Map;

/**
 * A get within a transaction. Members are null where the request has none.
 */
public record TransactGet(
        String tableName, Item key, String projectionExpression, Map<String, String> expressionAttributeNames) {}
