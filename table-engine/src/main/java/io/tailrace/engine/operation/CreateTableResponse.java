package io.tailrace.engine.operation;

/**
 * The answer to CreateTable.
 */
public record CreateTableResponse(TableDescription table) {}
