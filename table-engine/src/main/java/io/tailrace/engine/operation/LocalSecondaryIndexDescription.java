package io.tailrace.engine.operation;

import java.util.List;

/**
 * A local secondary index as it is.
 */
public record LocalSecondaryIndexDescription(
        String indexName,
        List<KeySchemaElement> keySchema,
        ProjectionSpecification projection,
        long indexSizeBytes,
        long itemCount,
        String indexArn) {}
