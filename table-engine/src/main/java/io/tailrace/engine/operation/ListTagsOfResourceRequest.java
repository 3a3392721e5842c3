package io.tailrace.engine.operation;

/**
 * The request of ListTagsOfResource. Members are null where the request has none.
 */
public record ListTagsOfResourceRequest(String resourceArn, String nextToken) {}
