package io.tailrace.engine.operation;

import java.util.List;

/**
 * A global secondary index as CreateTable asks for it. Members are null where the request has none.
 */
public record GlobalSecondaryIndex(
        String indexName,
        List<KeySchemaElement> keySchema,
        ProjectionSpecification projection,
        Throughput provisionedThroughput,
        OnDemandThroughput onDemandThroughput,
        WarmThroughput warmThroughput) {}
