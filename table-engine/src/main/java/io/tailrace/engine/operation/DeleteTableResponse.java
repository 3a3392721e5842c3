package io.tailrace.engine.operation;

/**
 * The answer to DeleteTable.
 */
public record DeleteTableResponse(TableDescription table) {}
