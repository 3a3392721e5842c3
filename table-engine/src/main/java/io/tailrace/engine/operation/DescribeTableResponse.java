package io.tailrace.engine.operation;

/**
 * The answer to DescribeTable.
 */
public record DescribeTableResponse(TableDescription table) {}
