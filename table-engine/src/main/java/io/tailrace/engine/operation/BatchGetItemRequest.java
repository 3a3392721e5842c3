package io.tailrace.engine.operation;

import java.util.List;
import java.util.Map;

/**
 * The request of BatchGetItem. Members are null where the request has none.
 *
 * @param malformedValues what the decoder could not read as attribute values, in their order; empty for none
 */
public record BatchGetItemRequest(
        Map<String, KeysAndAttributes> requestItems,
        String returnConsumedCapacity,
        List<MalformedValue> malformedValues) {}
