package io.tailrace.engine.operation;

/**
 * The answer to TagResource, which says nothing.
 */
public record TagResourceResponse() {}
