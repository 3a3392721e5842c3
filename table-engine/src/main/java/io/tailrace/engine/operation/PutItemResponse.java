package io.tailrace.engine.operation;

import io.tailrace.schemas.model.Item;

/**
 * The answer to PutItem. Members are null where the answer has none.
 */
public record PutItemResponse(
        Item attributes, ConsumedCapacity consumedCapacity, ItemCollectionMetrics itemCollectionMetrics) {}
