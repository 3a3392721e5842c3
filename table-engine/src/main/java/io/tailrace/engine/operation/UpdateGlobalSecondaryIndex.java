package io.tailrace.engine.operation;

/**
 * A change of a global secondary index. Members are null where the request has none.
 */
public record UpdateGlobalSecondaryIndex(
        String indexName,
        Throughput provisionedThroughput,
        OnDemandThroughput onDemandThroughput,
        WarmThroughput warmThroughput) {}
