package io.tailrace.engine.operation;

/**
 * Server-side encryption as a request asks for it. Members are null where the request has none.
 */
public record SseSpecification(Boolean enabled, String sseType, String kmsMasterKeyId) {}
