package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.error.TableErrorMessages;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.TableDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * UpdateTable's GlobalSecondaryIndexUpdates: an index more or less, and throughputs. (API Reference, UpdateTable; Developer
 * Guide, "Managing Global Secondary Indexes in DynamoDB".)
 */
final class GlobalIndexUpdates {
    private final UpdateTableRequest request;
    private final List<GlobalSecondaryIndexUpdate> updates;

    GlobalIndexUpdates(UpdateTableRequest request) {
        this.request = request;
        this.updates =
                request.globalSecondaryIndexUpdates() == null ? List.of() : request.globalSecondaryIndexUpdates();
    }

    /** The changes of throughput among them. */
    List<UpdateGlobalSecondaryIndex> throughputs() {
        return updates.stream()
                .map(GlobalSecondaryIndexUpdate::update)
                .filter(update -> update != null)
                .toList();
    }

    /** Names of the indexes whose throughput changes. */
    Set<String> updatedNames() {
        return throughputs().stream().map(UpdateGlobalSecondaryIndex::indexName).collect(Collectors.toSet());
    }

    void checkConstraints(Constraints constraints) {
        int position = 1;
        for (GlobalSecondaryIndexUpdate update : updates) {
            String path = "globalSecondaryIndexUpdates." + position++ + ".member.";
            if (update.update() != null) {
                String name = path + "update.indexName";
                constraints
                        .required(name, update.update().indexName())
                        .name(name, update.update().indexName());
                TableSettings.checkConstraints(
                        constraints,
                        path + "update.provisionedThroughput",
                        update.update().provisionedThroughput());
            }
            if (update.create() != null) {
                CreateTableConstraints.globalIndex(constraints, path + "create.", update.create());
            }
            if (update.delete() != null) {
                String name = path + "delete.indexName";
                constraints
                        .required(name, update.delete().indexName())
                        .name(name, update.delete().indexName());
            }
        }
    }

    void checkNotEmpty() {
        if (request.globalSecondaryIndexUpdates() != null && updates.isEmpty()) {
            throw DynamoException.validation(TableErrorMessages.noIndexUpdates());
        }
    }

    /** What can be said without the table. */
    void check() {
        Set<String> names = new HashSet<>();
        for (GlobalSecondaryIndexUpdate update : updates) {
            int actions = (update.update() == null ? 0 : 1)
                    + (update.create() == null ? 0 : 1)
                    + (update.delete() == null ? 0 : 1);
            if (actions == 0) {
                throw DynamoException.validation(TableErrorMessages.indexUpdateEmpty());
            }
            if (actions > 1) {
                throw DynamoException.validation(TableErrorMessages.indexUpdateAmbiguous());
            }
            if (!names.add(indexName(update))) {
                throw DynamoException.validation(TableErrorMessages.indexUpdatedTwice(indexName(update)));
            }
            checkThroughput(update);
        }
        if (updates.stream().anyMatch(update -> update.update() == null)) {
            checkCompanions();
        }
    }

    private static String indexName(GlobalSecondaryIndexUpdate update) {
        if (update.update() != null) {
            return update.update().indexName();
        }
        return update.create() != null
                ? update.create().indexName()
                : update.delete().indexName();
    }

    private void checkThroughput(GlobalSecondaryIndexUpdate update) {
        Throughput throughput = null;
        if (update.update() != null) {
            throughput = update.update().provisionedThroughput();
            new CapacityChecks(update.update().indexName())
                    .checkChanged(update.update().onDemandThroughput());
        } else if (update.create() != null) {
            throughput = update.create().provisionedThroughput();
            if (request.attributeDefinitions() == null) {
                throw DynamoException.validation(
                        TableErrorMessages.definitionsMissing(update.create().indexName()));
            }
        }
        if (throughput != null) {
            TableSettings.checkBounds(throughput);
        }
    }

    /** What cannot be changed together with the number of indexes. */
    private void checkCompanions() {
        if (request.provisionedThroughput() != null && request.billingMode() == null) {
            throw DynamoException.validation(TableErrorMessages.indexesWithThroughput());
        }
        if (request.streamSpecification() != null) {
            throw DynamoException.validation(TableErrorMessages.indexesWithStream());
        }
    }

    /**
     * Adds the new index and marks the one that is to go.
     *
     * @param mode the table's billing mode after the update
     */
    void apply(TableDefinition table, BillingMode mode, TableUpdates changes, PlanContext context) {
        checkOneAtATime(table);
        for (GlobalSecondaryIndexUpdate update : updates) {
            if (update.create() != null) {
                changes.addIndex(create(table, mode, update.create(), context.newId()));
            } else if (update.delete() != null) {
                changes.indexStatus(delete(table, update.delete().indexName()).id(), IndexStatus.DELETING);
            }
        }
    }

    /** An index that is still backfilled may be deleted; otherwise the last change has to be finished before the next. */
    private void checkOneAtATime(TableDefinition table) {
        List<GlobalSecondaryIndexUpdate> changes =
                updates.stream().filter(update -> update.update() == null).toList();
        boolean busy = table.globalSecondaryIndexes().stream()
                .anyMatch(index -> index.status() != IndexStatus.ACTIVE
                        && changes.stream().anyMatch(change -> !deletesWhatIsBuilt(change, index)));
        if (changes.size() > 1 || busy) {
            throw new DynamoException(ErrorType.LIMIT_EXCEEDED, TableErrorMessages.oneOnlineIndex());
        }
    }

    private static boolean deletesWhatIsBuilt(GlobalSecondaryIndexUpdate change, IndexDefinition index) {
        return change.delete() != null && change.delete().indexName().equals(index.name()) && index.isMaintained();
    }

    private IndexDefinition create(TableDefinition table, BillingMode mode, GlobalSecondaryIndex index, int id) {
        String name = index.indexName();
        if (table.globalSecondaryIndex(name).isPresent()
                || table.localSecondaryIndex(name).isPresent()) {
            throw DynamoException.validation(TableErrorMessages.indexExists());
        }
        checkSchema(table, index);
        if (mode == BillingMode.PAY_PER_REQUEST && index.provisionedThroughput() != null) {
            throw DynamoException.validation(TableErrorMessages.indexThroughputOfOnDemand(name));
        }
        if (mode == BillingMode.PROVISIONED && index.provisionedThroughput() == null) {
            throw DynamoException.validation(TableErrorMessages.indexThroughputMissing(name));
        }
        if (table.globalSecondaryIndexes().size() >= Limits.MAX_GLOBAL_SECONDARY_INDEXES) {
            throw new DynamoException(ErrorType.LIMIT_EXCEEDED, TableErrorMessages.tooManyGlobalIndexes());
        }
        return new IndexDefinition(
                id,
                name,
                key(table, index),
                IndexDefinitions.projection(index.projection()),
                TableSettings.throughput(index.provisionedThroughput()),
                IndexStatus.BACKFILLING);
    }

    private void checkSchema(TableDefinition table, GlobalSecondaryIndex index) {
        List<String> defined = request.attributeDefinitions().stream()
                .map(AttributeDefinition::attributeName)
                .toList();
        if (index.keySchema().size() > defined.size()) {
            throw DynamoException.validation(TableErrorMessages.keyWithoutDefinition());
        }
        GlobalIndexChecks.keySchema(index.keySchema(), defined);
        int projected = GlobalIndexChecks.projection(index.projection());
        for (IndexDefinition other : table.globalSecondaryIndexes()) {
            projected += other.projection().nonKeyAttributes().size();
        }
        for (IndexDefinition other : table.localSecondaryIndexes()) {
            projected += other.projection().nonKeyAttributes().size();
        }
        GlobalIndexChecks.projectedAttributes(projected);
    }

    /** The new index's key. An attribute that is in another key of the table has the type that it has there. */
    private KeySchema key(TableDefinition table, GlobalSecondaryIndex index) {
        KeySchema key = IndexDefinitions.key(index.keySchema(), IndexDefinitions.types(request.attributeDefinitions()));
        for (KeyAttribute attribute : key.attributes()) {
            AttributeType known = table.attributeTypes().get(attribute.name());
            if (known != null && known != attribute.type()) {
                throw DynamoException.validation(
                        TableErrorMessages.attributesRedefined(definingKey(table, attribute.name()), key));
            }
        }
        return key;
    }

    private static KeySchema definingKey(TableDefinition table, String attributeName) {
        return Stream.of(table.localSecondaryIndexes(), table.globalSecondaryIndexes())
                .flatMap(List::stream)
                .map(IndexDefinition::key)
                .filter(key -> key.contains(attributeName) && !table.key().contains(attributeName))
                .findFirst()
                .orElse(table.key());
    }

    private static IndexDefinition delete(TableDefinition table, String name) {
        if (table.localSecondaryIndex(name).isPresent()) {
            throw DynamoException.validation(TableErrorMessages.notGlobal("delete", name));
        }
        return existing(table, name);
    }

    /** An index that has a throughput to change. */
    static IndexDefinition existing(TableDefinition table, String name) {
        if (table.localSecondaryIndex(name).isPresent()) {
            throw DynamoException.validation(TableErrorMessages.notGlobal("update", name));
        }
        Optional<IndexDefinition> index = table.globalSecondaryIndex(name).filter(IndexDefinition::isMaintained);
        return index.orElseThrow(
                () -> new DynamoException(ErrorType.RESOURCE_NOT_FOUND, ErrorMessages.resourceNotFound()));
    }
}
