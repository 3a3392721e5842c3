package io.tailrace.engine.operation;

/**
 * Capacity units of a table or an index in {@link ConsumedCapacity}. Members are null where they are not reported.
 */
public record Capacity(Double capacityUnits, Double readCapacityUnits, Double writeCapacityUnits) {}
