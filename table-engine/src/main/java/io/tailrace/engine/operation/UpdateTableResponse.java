package io.tailrace.engine.operation;

/**
 * The answer to UpdateTable.
 */
public record UpdateTableResponse(TableDescription tableDescription) {}
