package io.tailrace.engine.operation;

import io.tailrace.schemas.model.Item;
import java.util.List;

/**
 * The answer to Query. Members are null where the answer has none.
 *
 * @param items null with Select COUNT
 */
public record QueryResponse(
        List<Item> items, int count, int scannedCount, Item lastEvaluatedKey, ConsumedCapacity consumedCapacity) {}
