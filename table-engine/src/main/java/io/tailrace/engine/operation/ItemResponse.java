package io.tailrace.engine.operation;

import io.tailrace.schemas.model.Item;

/**
 * The item of one action of TransactGetItems.
 *
 * @param item null when there is none
 */
public record ItemResponse(Item item) {}
