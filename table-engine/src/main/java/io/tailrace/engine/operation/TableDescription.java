package io.tailrace.engine.operation;

import java.time.Instant;
import java.util.List;

/**
 * A table as the API describes it. Members are null where the answer has none.
 *
 * @param localSecondaryIndexes null when there are none
 * @param globalSecondaryIndexes null when there are none
 * @param replicas null when there are none
 */
public record TableDescription(
        List<AttributeDefinition> attributeDefinitions,
        String tableName,
        List<KeySchemaElement> keySchema,
        String tableStatus,
        Instant creationDateTime,
        ThroughputDescription provisionedThroughput,
        long tableSizeBytes,
        long itemCount,
        String tableArn,
        String tableId,
        BillingModeSummary billingModeSummary,
        List<LocalSecondaryIndexDescription> localSecondaryIndexes,
        List<GlobalSecondaryIndexDescription> globalSecondaryIndexes,
        StreamSpecification streamSpecification,
        String latestStreamLabel,
        String latestStreamArn,
        SseDescription sseDescription,
        TableClassSummary tableClassSummary,
        boolean deletionProtectionEnabled,
        OnDemandThroughput onDemandThroughput,
        WarmThroughputDescription warmThroughput,
        List<ReplicaDescription> replicas,
        String globalTableVersion) {}
