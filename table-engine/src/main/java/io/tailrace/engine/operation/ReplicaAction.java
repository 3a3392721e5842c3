package io.tailrace.engine.operation;

import java.util.List;

/**
 * What is to become of a replica of a global table. Members are null where the request has none.
 *
 * @param readCapacityUnits of ProvisionedThroughputOverride
 * @param maxReadRequestUnits of OnDemandThroughputOverride
 */
public record ReplicaAction(
        String regionName,
        String kmsMasterKeyId,
        Long readCapacityUnits,
        Long maxReadRequestUnits,
        List<ReplicaIndexOverride> globalSecondaryIndexes,
        String tableClassOverride) {}
