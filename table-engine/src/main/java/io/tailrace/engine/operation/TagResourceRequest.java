package io.tailrace.engine.operation;

import java.util.List;

/**
 * The request of TagResource. Members are null where the request has none.
 */
public record TagResourceRequest(String resourceArn, List<Tag> tags) {}
