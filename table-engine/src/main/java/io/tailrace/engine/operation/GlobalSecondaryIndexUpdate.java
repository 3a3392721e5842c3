package io.tailrace.engine.operation;

/**
 * One element of UpdateTable's GlobalSecondaryIndexUpdates. Members are null where the request has none.
 */
public record GlobalSecondaryIndexUpdate(
        UpdateGlobalSecondaryIndex update, GlobalSecondaryIndex create, DeleteGlobalSecondaryIndex delete) {}
