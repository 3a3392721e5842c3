package io.tailrace.engine.operation;

import java.util.List;

/**
 * The answer to ExecuteTransaction.
 *
 * @param responses one for each read, in their order; empty for writes
 * @param consumedCapacity null when it was not asked for
 */
public record ExecuteTransactionResponse(List<ItemResponse> responses, List<ConsumedCapacity> consumedCapacity) {}
