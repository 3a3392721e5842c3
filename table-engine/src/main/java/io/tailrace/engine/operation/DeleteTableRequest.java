package io.tailrace.engine.operation;

/**
 * The request of DeleteTable. Members are null where the request has none.
 */
public record DeleteTableRequest(String tableName) {}
