package io.tailrace.engine.operation;

import io.tailrace.schemas.model.Item;
import java.util.List;

/**
 * The item collection that a write touched, in tables with local secondary indexes.
 *
 * @param sizeEstimateRangeGb lower and upper bound of the size of the collection in gigabytes
 */
public record ItemCollectionMetrics(Item itemCollectionKey, List<Double> sizeEstimateRangeGb) {}
