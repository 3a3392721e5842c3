package io.tailrace.engine.operation;

import java.util.List;

/**
 * A local secondary index as CreateTable asks for it. Members are null where the request has none.
 */
public record LocalSecondaryIndex(
        String indexName, List<KeySchemaElement> keySchema, ProjectionSpecification projection) {}
