package io.tailrace.engine.operation;

/**
 * The removal of a global secondary index. Members are null where the request has none.
 */
public record DeleteGlobalSecondaryIndex(String indexName) {}
