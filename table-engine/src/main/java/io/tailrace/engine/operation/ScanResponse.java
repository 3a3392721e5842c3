package io.tailrace.engine.operation;

import io.tailrace.schemas.model.Item;
import java.util.List;

/**
 * The answer to Scan. Members are null where the answer has none.
 *
 * @param items null with Select COUNT
 */
public record ScanResponse(
        List<Item> items, int count, int scannedCount, Item lastEvaluatedKey, ConsumedCapacity consumedCapacity) {}
