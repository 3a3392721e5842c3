package io.tailrace.engine.operation;

/**
 * Whether time to live is on, and by which attribute. Members are null where the request has none.
 */
public record TimeToLiveSpecification(String attributeName, Boolean enabled) {}
