package io.tailrace.engine.operation;

/**
 * The request of DescribeContinuousBackups. Members are null where the request has none.
 */
public record DescribeContinuousBackupsRequest(String tableName) {}
