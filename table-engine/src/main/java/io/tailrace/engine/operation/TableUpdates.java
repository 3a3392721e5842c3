package io.tailrace.engine.operation;

import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.ProvisionedThroughput;
import io.tailrace.schemas.model.StreamDefinition;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TableDetails;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A table's definition in which some things are to change. Not for several threads. */
final class TableUpdates {
    private final TableDefinition table;
    private Map<String, AttributeType> attributeTypes;
    private List<IndexDefinition> globalSecondaryIndexes;
    private BillingMode billingMode;
    private ProvisionedThroughput provisionedThroughput;
    private StreamDefinition stream;
    private String ttlAttribute;
    private boolean deletionProtection;
    private Map<String, String> tags;
    private TableDetails details;

    TableUpdates(TableDefinition table) {
        this.table = table;
        attributeTypes = table.attributeTypes();
        globalSecondaryIndexes = table.globalSecondaryIndexes();
        billingMode = table.billingMode();
        provisionedThroughput = table.provisionedThroughput();
        stream = table.stream();
        ttlAttribute = table.ttlAttribute();
        deletionProtection = table.deletionProtection();
        tags = table.tags();
        details = table.details();
    }

    /** @param throughput null for on-demand tables */
    TableUpdates billing(BillingMode newMode, ProvisionedThroughput throughput) {
        billingMode = newMode;
        provisionedThroughput = throughput;
        return this;
    }

    /** @param throughput by index name; indexes that are not in it have none */
    TableUpdates indexThroughput(Map<String, ProvisionedThroughput> throughput) {
        List<IndexDefinition> updated = new ArrayList<>();
        for (IndexDefinition index : globalSecondaryIndexes) {
            updated.add(index.withThroughput(throughput.get(index.name())));
        }
        globalSecondaryIndexes = updated;
        return this;
    }

    /** The new index stands before one of the same name that is being deleted. */
    TableUpdates addIndex(IndexDefinition index) {
        List<IndexDefinition> indexes = new ArrayList<>(globalSecondaryIndexes);
        int place = 0;
        while (place < indexes.size() && !indexes.get(place).name().equals(index.name())) {
            place++;
        }
        indexes.add(place, index);
        globalSecondaryIndexes = indexes;
        Map<String, AttributeType> types = new LinkedHashMap<>(attributeTypes);
        index.key().attributes().forEach(attribute -> types.putIfAbsent(attribute.name(), attribute.type()));
        attributeTypes = types;
        return this;
    }

    TableUpdates globalSecondaryIndexes(List<IndexDefinition> indexes) {
        globalSecondaryIndexes = indexes;
        return this;
    }

    TableUpdates indexStatus(int indexId, IndexStatus status) {
        globalSecondaryIndexes = globalSecondaryIndexes.stream()
                .map(index -> index.id() == indexId ? index.withStatus(status) : index)
                .toList();
        return this;
    }

    /** The attributes that only this index's key has are no longer defined. */
    TableUpdates removeIndex(int indexId) {
        globalSecondaryIndexes = globalSecondaryIndexes.stream()
                .filter(index -> index.id() != indexId)
                .toList();
        Set<String> used = new HashSet<>(table.key().names());
        table.localSecondaryIndexes().forEach(index -> used.addAll(index.key().names()));
        globalSecondaryIndexes.forEach(index -> used.addAll(index.key().names()));
        Map<String, AttributeType> types = new LinkedHashMap<>(attributeTypes);
        types.keySet().retainAll(used);
        attributeTypes = types;
        return this;
    }

    /** Gives the attributes the types that the keys of the table and of the indexes that stay say they have. */
    TableUpdates definedTypes() {
        Map<String, AttributeType> types = new LinkedHashMap<>(attributeTypes);
        for (IndexDefinition index : globalSecondaryIndexes) {
            if (index.isMaintained()) {
                index.key().attributes().forEach(attribute -> types.put(attribute.name(), attribute.type()));
            }
        }
        attributeTypes = types;
        return this;
    }

    /** @param newStream null to disable it */
    TableUpdates stream(StreamDefinition newStream) {
        stream = newStream;
        return this;
    }

    /** @param attribute null to switch time to live off */
    TableUpdates timeToLive(String attribute) {
        ttlAttribute = attribute;
        return this;
    }

    TableUpdates deletionProtection(boolean enabled) {
        deletionProtection = enabled;
        return this;
    }

    TableUpdates tags(Map<String, String> newTags) {
        tags = newTags;
        return this;
    }

    TableUpdates details(TableDetails newDetails) {
        details = newDetails;
        return this;
    }

    TableDefinition build() {
        return new TableDefinition(
                table.id(),
                table.tableUuid(),
                table.name(),
                table.key(),
                attributeTypes,
                table.localSecondaryIndexes(),
                globalSecondaryIndexes,
                billingMode,
                provisionedThroughput,
                stream,
                ttlAttribute,
                deletionProtection,
                tags,
                table.created(),
                details);
    }
}
