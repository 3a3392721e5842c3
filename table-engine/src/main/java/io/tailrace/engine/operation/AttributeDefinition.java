package io.tailrace.engine.operation;

/**
 * The name and type of a key attribute. Members are null where the request has none.
 */
public record AttributeDefinition(String attributeName, String attributeType) {}
