package io.tailrace.engine.operation;

import io.tailrace.schemas.model.Item;

/**
 * The answer to GetItem. Members are null where the answer has none.
 */
public record GetItemResponse(Item item, ConsumedCapacity consumedCapacity) {}
