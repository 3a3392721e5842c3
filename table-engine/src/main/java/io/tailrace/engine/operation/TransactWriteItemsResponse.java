package io.tailrace.engine.operation;

import java.util.List;
import java.util.Map;

/**
 * The answer to TransactWriteItems.
 *
 * @param itemCollectionMetrics null when they were not asked for
 * @param consumedCapacity null when it was not asked for
 */
public record TransactWriteItemsResponse(
        Map<String, List<ItemCollectionMetrics>> itemCollectionMetrics, List<ConsumedCapacity> consumedCapacity) {}
