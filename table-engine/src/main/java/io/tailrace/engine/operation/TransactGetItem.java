package io.tailrace.engine.operation;

/**
 * One action of TransactGetItems. Members are null where the request has none.
 */
public record TransactGetItem(TransactGet get) {}
