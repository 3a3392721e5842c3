package io.tailrace.engine.operation;

import java.util.List;

/**
 * A global secondary index as it is. Members are null where the answer has none.
 */
public record GlobalSecondaryIndexDescription(
        String indexName,
        List<KeySchemaElement> keySchema,
        ProjectionSpecification projection,
        String indexStatus,
        Boolean backfilling,
        ThroughputDescription provisionedThroughput,
        long indexSizeBytes,
        long itemCount,
        String indexArn,
        OnDemandThroughput onDemandThroughput,
        WarmThroughputDescription warmThroughput) {}
