package io.tailrace.engine.operation;

import java.util.List;

/**
 * The request of UntagResource. Members are null where the request has none.
 */
public record UntagResourceRequest(String resourceArn, List<String> tagKeys) {}
