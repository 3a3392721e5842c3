package io.tailrace.engine.operation;

/**
 * A tag of a resource. Members are null where the request has none.
 */
public record Tag(String key, String value) {}
