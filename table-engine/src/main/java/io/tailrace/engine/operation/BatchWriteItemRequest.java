package io.tailrace.engine.operation;

import java.util.List;
import java.util.Map;

/**
 * The request of BatchWriteItem. Members are null where the request has none.
 *
 * @param malformedValues what the decoder could not read as attribute values, in their order; empty for none
 */
public record BatchWriteItemRequest(
        Map<String, List<WriteRequest>> requestItems,
        String returnConsumedCapacity,
        String returnItemCollectionMetrics,
        List<MalformedValue> malformedValues) {}
