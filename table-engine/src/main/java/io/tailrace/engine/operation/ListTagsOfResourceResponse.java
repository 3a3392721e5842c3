package io.tailrace.engine.operation;

import java.util.List;

/**
 * The answer to ListTagsOfResource; all tags of a resource fit into one.
 */
public record ListTagsOfResourceResponse(List<Tag> tags) {}
