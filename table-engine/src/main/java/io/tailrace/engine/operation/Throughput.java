package io.tailrace.engine.operation;

/**
 * The ProvisionedThroughput of a request. Members are null where the request has none.
 */
public record Throughput(Long readCapacityUnits, Long writeCapacityUnits) {}
