package io.tailrace.engine.operation;

/**
 * One action of TransactWriteItems; a request should give exactly one of the four. Members are null where the request has none.
 */
public record TransactWriteItem(
        TransactConditionCheck conditionCheck, TransactPut put, TransactDelete delete, TransactUpdate update) {}
