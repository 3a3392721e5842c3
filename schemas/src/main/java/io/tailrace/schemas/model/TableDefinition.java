package io.tailrace.schemas.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A table as the catalog has it; every change of it is a commit in the journal.
 *
 * @param id unique among all tables and indexes of an engine, never reused
 * @param tableUuid the API's {@code TableId}
 * @param attributeTypes the attribute definitions, in the order in which they were given
 * @param provisionedThroughput null for on-demand tables
 * @param stream null when no stream is enabled
 * @param ttlAttribute null when time to live is off
 * @param created cut to microseconds
 */
public record TableDefinition(
        int id,
        String tableUuid,
        String name,
        KeySchema key,
        Map<String, AttributeType> attributeTypes,
        List<IndexDefinition> localSecondaryIndexes,
        List<IndexDefinition> globalSecondaryIndexes,
        BillingMode billingMode,
        ProvisionedThroughput provisionedThroughput,
        StreamDefinition stream,
        String ttlAttribute,
        boolean deletionProtection,
        Map<String, String> tags,
        Instant created) {
    public TableDefinition {
        Objects.requireNonNull(tableUuid);
        Objects.requireNonNull(name);
        Objects.requireNonNull(key);
        Objects.requireNonNull(billingMode);
        created = created.truncatedTo(ChronoUnit.MICROS);
        attributeTypes = Collections.unmodifiableMap(new LinkedHashMap<>(attributeTypes));
        localSecondaryIndexes = List.copyOf(localSecondaryIndexes);
        globalSecondaryIndexes = List.copyOf(globalSecondaryIndexes);
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    public TableDefinition withGlobalSecondaryIndexes(List<IndexDefinition> indexes) {
        return new TableDefinition(
                id,
                tableUuid,
                name,
                key,
                attributeTypes,
                localSecondaryIndexes,
                indexes,
                billingMode,
                provisionedThroughput,
                stream,
                ttlAttribute,
                deletionProtection,
                tags,
                created);
    }

    /** The global secondary indexes that writes of items change: all that are not being deleted. */
    public List<IndexDefinition> maintainedGlobalIndexes() {
        return globalSecondaryIndexes.stream()
                .filter(IndexDefinition::isMaintained)
                .toList();
    }

    public Optional<IndexDefinition> globalSecondaryIndex(String indexName) {
        return globalSecondaryIndexes.stream()
                .filter(index -> index.name().equals(indexName))
                .findFirst();
    }

    public Optional<IndexDefinition> localSecondaryIndex(String indexName) {
        return localSecondaryIndexes.stream()
                .filter(index -> index.name().equals(indexName))
                .findFirst();
    }
}
