package io.tailrace.engine.operation;

/**
 * What a global secondary index is to have differently in a replica. Members are null where the request has none.
 *
 * @param readCapacityUnits of ProvisionedThroughputOverride
 * @param maxReadRequestUnits of OnDemandThroughputOverride
 */
public record ReplicaIndexOverride(String indexName, Long readCapacityUnits, Long maxReadRequestUnits) {}
