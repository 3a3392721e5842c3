package io.tailrace.engine.operation;

/**
 * One attribute of a key schema. Members are null where the request has none.
 */
public record KeySchemaElement(String attributeName, String keyType) {}
