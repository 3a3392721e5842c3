package io.tailrace.engine.operation;

/**
 * The answer to DescribeLimits.
 */
public record DescribeLimitsResponse(
        long accountMaxReadCapacityUnits,
        long accountMaxWriteCapacityUnits,
        long tableMaxReadCapacityUnits,
        long tableMaxWriteCapacityUnits) {}
