package io.tailrace.engine.operation;

import io.tailrace.schemas.model.Item;

/**
 * The answer to UpdateItem. Members are null where the answer has none.
 */
public record UpdateItemResponse(
        Item attributes, ConsumedCapacity consumedCapacity, ItemCollectionMetrics itemCollectionMetrics) {}
