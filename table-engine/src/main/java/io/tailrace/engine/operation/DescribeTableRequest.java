package io.tailrace.engine.operation;

/**
 * The request of DescribeTable. Members are null where the request has none.
 */
public record DescribeTableRequest(String tableName) {}
