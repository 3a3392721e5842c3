package io.tailrace.engine.operation;

import java.util.List;

/**
 * A replica as the API describes it. Members are null where the answer has none.
 *
 * @param readCapacityUnits of ProvisionedThroughputOverride
 * @param maxReadRequestUnits of OnDemandThroughputOverride
 */
public record ReplicaDescription(
        String regionName,
        String replicaStatus,
        String replicaStatusDescription,
        Long readCapacityUnits,
        Long maxReadRequestUnits,
        List<ReplicaIndexOverride> globalSecondaryIndexes,
        TableClassSummary tableClassSummary) {}
