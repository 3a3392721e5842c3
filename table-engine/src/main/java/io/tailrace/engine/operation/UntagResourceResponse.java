package io.tailrace.engine.operation;

/**
 * The answer to UntagResource, which says nothing.
 */
public record UntagResourceResponse() {}
