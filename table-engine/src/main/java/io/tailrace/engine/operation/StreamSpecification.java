package io.tailrace.engine.operation;

/**
 * Whether a table has a stream, and with which view. Members are null where the request has none.
 */
public record StreamSpecification(Boolean streamEnabled, String streamViewType) {}
