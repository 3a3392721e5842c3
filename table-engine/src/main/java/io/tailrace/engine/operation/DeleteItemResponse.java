package io.tailrace.engine.operation;

import io.tailrace.schemas.model.Item;

/**
 * The answer to DeleteItem. Members are null where the answer has none.
 */
public record DeleteItemResponse(
        Item attributes, ConsumedCapacity consumedCapacity, ItemCollectionMetrics itemCollectionMetrics) {}
