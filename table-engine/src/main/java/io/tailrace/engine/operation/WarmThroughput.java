package io.tailrace.engine.operation;

/**
 * Throughput that a table or index can serve at once. Members are null where the request has none.
 */
public record WarmThroughput(Long readUnitsPerSecond, Long writeUnitsPerSecond) {}
