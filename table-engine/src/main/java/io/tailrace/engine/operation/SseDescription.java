package io.tailrace.engine.operation;

/**
 * Server-side encryption as it is. Members are null where the answer has none.
 */
public record SseDescription(String status, String sseType, String kmsMasterKeyArn) {}
