package io.tailrace.engine.operation;

import io.tailrace.schemas.model.AttributeValue;

/**
 * One entry of the legacy parameter AttributeUpdates. Members are null where the request has none.
 */
public record AttributeValueUpdate(AttributeValue value, String action) {}
