package io.tailrace.engine.operation;

import java.util.List;

/**
 * The request of TransactGetItems. Members are null where the request has none.
 *
 * @param malformedValues what the decoder could not read as attribute values, in their order; empty for none
 */
public record TransactGetItemsRequest(
        List<TransactGetItem> transactItems, String returnConsumedCapacity, List<MalformedValue> malformedValues) {}
