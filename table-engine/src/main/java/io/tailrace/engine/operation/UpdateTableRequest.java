package io.tailrace.engine.operation;

import java.util.List;

/**
 * The request of UpdateTable. Members are null where the request has none.
 *
 * @param globalTableWitnessUpdates whether the request has the member; its content does not matter, as it is refused
 * @param vectorIndexUpdates likewise
 */
public record UpdateTableRequest(
        String tableName,
        List<AttributeDefinition> attributeDefinitions,
        String billingMode,
        Throughput provisionedThroughput,
        List<GlobalSecondaryIndexUpdate> globalSecondaryIndexUpdates,
        StreamSpecification streamSpecification,
        SseSpecification sseSpecification,
        String tableClass,
        Boolean deletionProtectionEnabled,
        OnDemandThroughput onDemandThroughput,
        WarmThroughput warmThroughput,
        String multiRegionConsistency,
        String globalTableSettingsReplicationMode,
        Boolean disassociationProtectionEnabled,
        List<ReplicaUpdate> replicaUpdates,
        boolean globalTableWitnessUpdates,
        boolean vectorIndexUpdates) {}
