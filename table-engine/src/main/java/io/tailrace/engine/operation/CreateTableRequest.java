package io.tailrace.engine.operation;

import java.util.List;

/**
 * The request of CreateTable. Members are null where the request has none.
 *
 * @param vectorIndexes whether the request has a VectorIndexes member; its content does not matter, as it is refused
 */
public record CreateTableRequest(
        String tableName,
        List<AttributeDefinition> attributeDefinitions,
        List<KeySchemaElement> keySchema,
        List<LocalSecondaryIndex> localSecondaryIndexes,
        List<GlobalSecondaryIndex> globalSecondaryIndexes,
        String billingMode,
        Throughput provisionedThroughput,
        StreamSpecification streamSpecification,
        SseSpecification sseSpecification,
        List<Tag> tags,
        String tableClass,
        Boolean deletionProtectionEnabled,
        WarmThroughput warmThroughput,
        OnDemandThroughput onDemandThroughput,
        String resourcePolicy,
        String globalTableSourceArn,
        String globalTableSettingsReplicationMode,
        boolean vectorIndexes) {}
