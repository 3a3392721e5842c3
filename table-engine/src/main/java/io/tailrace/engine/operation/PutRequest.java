package io.tailrace.engine.operation;

import io.tailrace.schemas.model.Item;

/**
 * A put within BatchWriteItem. Members are null where the request has none.
 */
public record PutRequest(Item item) {}
