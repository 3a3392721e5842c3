package io.tailrace.engine.operation;

import java.util.List;
import java.util.Map;

/**
 * The answer to BatchWriteItem.
 *
 * @param itemCollectionMetrics null when they were not asked for
 * @param consumedCapacity null when it was not asked for
 */
public record BatchWriteItemResponse(
        Map<String, List<WriteRequest>> unprocessedItems,
        Map<String, List<ItemCollectionMetrics>> itemCollectionMetrics,
        List<ConsumedCapacity> consumedCapacity) {}
