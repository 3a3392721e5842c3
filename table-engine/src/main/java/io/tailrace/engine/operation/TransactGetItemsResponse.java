package io.tailrace.engine.operation;

import java.util.List;

/**
 * The answer to TransactGetItems.
 *
 * @param responses one for each action, in their order
 * @param consumedCapacity null when it was not asked for
 */
public record TransactGetItemsResponse(List<ItemResponse> responses, List<ConsumedCapacity> consumedCapacity) {}
