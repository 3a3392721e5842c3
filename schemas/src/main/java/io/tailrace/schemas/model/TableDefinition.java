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
 * @param details what is particular about it
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
        Instant created,
        TableDetails details) {
    public TableDefinition {
        Objects.requireNonNull(tableUuid);
        Objects.requireNonNull(name);
        Objects.requireNonNull(key);
        Objects.requireNonNull(billingMode);
        Objects.requireNonNull(details);
        created = created.truncatedTo(ChronoUnit.MICROS);
        attributeTypes = Collections.unmodifiableMap(new LinkedHashMap<>(attributeTypes));
        localSecondaryIndexes = List.copyOf(localSecondaryIndexes);
        globalSecondaryIndexes = List.copyOf(globalSecondaryIndexes);
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /** A table with nothing particular about it. */
    public TableDefinition(
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
        this(
                id,
                tableUuid,
                name,
                key,
                attributeTypes,
                localSecondaryIndexes,
                globalSecondaryIndexes,
                billingMode,
                provisionedThroughput,
                stream,
                ttlAttribute,
                deletionProtection,
                tags,
                created,
                TableDetails.NONE);
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
                created,
                details);
    }

    public TableDefinition withDetails(TableDetails newDetails) {
        return new TableDefinition(
                id,
                tableUuid,
                name,
                key,
                attributeTypes,
                localSecondaryIndexes,
                globalSecondaryIndexes,
                billingMode,
                provisionedThroughput,
                stream,
                ttlAttribute,
                deletionProtection,
                tags,
                created,
                newDetails);
    }

    /** Whether the table is a replica of a global table: its items have versions. */
    public boolean isGlobal() {
        return details.globalTable() != null && details.globalTable().inForce();
    }

    /** Whether the versions of its items still count when the table has become {@code later}, or it never had any. */
    public boolean isSameGlobalTable(TableDefinition later) {
        return !isGlobal()
                || (later.isGlobal()
                        && details.globalTable()
                                .id()
                                .equals(later.details().globalTable().id()));
    }

    /** The table's status at this time, its indexes' aside. */
    public TableStatus status(Instant now) {
        TableTransition transition = details.transition();
        return transition == null || transition.isOver(now) ? TableStatus.ACTIVE : transition.status();
    }

    /** Whether the table was being deleted and is no longer there at this time. */
    public boolean isGone(Instant now) {
        TableTransition transition = details.transition();
        return transition != null && transition.status() == TableStatus.DELETING && transition.isOver(now);
    }

    /** The global secondary indexes that writes of items change: all that are not being deleted. */
    public List<IndexDefinition> maintainedGlobalIndexes() {
        if (globalSecondaryIndexes.isEmpty()) {
            return globalSecondaryIndexes;
        }
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
