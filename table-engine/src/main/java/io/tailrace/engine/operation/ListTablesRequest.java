package io.tailrace.engine.operation;

/**
 * The request of ListTables. Members are null where the request has none.
 */
public record ListTablesRequest(String exclusiveStartTableName, Integer limit) {}
