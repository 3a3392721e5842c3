package io.tailrace.engine.operation;

import java.util.List;

/**
 * The Projection of an index as requests and descriptions give it. Members are null where the request has none.
 */
public record ProjectionSpecification(String projectionType, List<String> nonKeyAttributes) {}
