package io.tailrace.engine.operation;

/**
 * The request of DescribeTimeToLive. Members are null where the request has none.
 */
public record DescribeTimeToLiveRequest(String tableName) {}
