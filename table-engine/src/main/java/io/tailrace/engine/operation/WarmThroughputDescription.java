package io.tailrace.engine.operation;

/**
 * The WarmThroughput of a description.
 */
public record WarmThroughputDescription(long readUnitsPerSecond, long writeUnitsPerSecond, String status) {}
