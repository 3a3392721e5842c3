package io.tailrace.engine.operation;

import io.tailrace.schemas.model.Item;

/**
 * A delete within BatchWriteItem. Members are null where the request has none.
 */
public record DeleteRequest(Item key) {}
