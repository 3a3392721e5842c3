package io.tailrace.engine.operation;

import java.util.List;

/**
 * The request of TransactWriteItems. Members are null where the request has none.
 *
 * @param malformedValues what the decoder could not read as attribute values, in their order; empty for none;
 * their member is {@code TransactItems}, or {@code ExpressionAttributeValues} for placeholders
 */
public record TransactWriteItemsRequest(
        List<TransactWriteItem> transactItems,
        String returnConsumedCapacity,
        String returnItemCollectionMetrics,
        String clientRequestToken,
        List<MalformedValue> malformedValues) {}
