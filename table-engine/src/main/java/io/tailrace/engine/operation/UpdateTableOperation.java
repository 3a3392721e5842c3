package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ReplicaErrorMessages;
import io.tailrace.engine.error.TableErrorMessages;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.ProvisionedThroughput;
import io.tailrace.schemas.model.TableDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * UpdateTable: billing mode, throughput, maximums and warm throughput of table and indexes, stream, table class and deletion
 * protection, the global secondary indexes and the replicas. (API Reference, UpdateTable.)
 */
public final class UpdateTableOperation implements WriteOperation<UpdateTableResponse> {
    private final UpdateTableRequest request;
    private final TableReference table;
    private final GlobalIndexUpdates indexes;
    private final ReplicaUpdates replicas;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public UpdateTableOperation(UpdateTableRequest request) {
        this.request = request;
        indexes = new GlobalIndexUpdates(request);
        replicas = new ReplicaUpdates(request.replicaUpdates());
        table = TableReference.required(request.tableName());
        checkConstraints();
        refuseUnsupported();
        indexes.checkNotEmpty();
        UpdateCombinations combinations = new UpdateCombinations(request);
        if (combinations.isEmpty()) {
            throw DynamoException.validation(TableErrorMessages.nothingToUpdate());
        }
        combinations.verify();
        if (request.provisionedThroughput() != null) {
            TableSettings.checkBounds(request.provisionedThroughput());
            if (TableSettings.isOnDemand(request.billingMode())) {
                throw DynamoException.validation(TableErrorMessages.throughputOfOnDemand());
            }
        }
        CapacityChecks.OF_TABLE.checkChanged(request.onDemandThroughput());
        TableSettings.checkStream(request.streamSpecification());
        indexes.check();
        replicas.check();
    }

    private void checkConstraints() {
        Constraints constraints = new Constraints();
        CreateTableConstraints.definitions(constraints, request.attributeDefinitions());
        constraints
                .namePattern("tableName", table.name())
                .oneOf("billingMode", request.billingMode(), Choices.BILLING_MODE);
        TableSettings.checkConstraints(constraints, "provisionedThroughput", request.provisionedThroughput());
        indexes.checkConstraints(constraints);
        TableSettings.checkConstraints(constraints, request.streamSpecification());
        constraints.oneOf("tableClass", request.tableClass(), Choices.TABLE_CLASS);
        replicas.checkConstraints(constraints);
        constraints
                .oneOf("multiRegionConsistency", request.multiRegionConsistency(), Choices.MULTI_REGION_CONSISTENCY)
                .verify();
    }

    private void refuseUnsupported() {
        TableSettings.refuseOwnKey(request.sseSpecification());
        TableSettings.refuse("GlobalTableWitnessUpdates", request.globalTableWitnessUpdates());
        TableSettings.refuse("VectorIndexUpdates", request.vectorIndexUpdates());
        TableSettings.refuse("MultiRegionConsistency STRONG", "STRONG".equals(request.multiRegionConsistency()));
        TableSettings.refuse(
                "GlobalTableSettingsReplicationMode", request.globalTableSettingsReplicationMode() != null);
        TableSettings.refuse("DisassociationProtectionEnabled", request.disassociationProtectionEnabled() != null);
    }

    @Override
    public Plan<UpdateTableResponse> plan(PlanContext context) {
        TableDefinition definition = table.resolveByName(context);
        if (request.deletionProtectionEnabled() == null) {
            TableStates.requireActive(definition, context.now());
        } else {
            TableStates.requireSettled(definition, context.now());
        }
        if (request.sseSpecification() != null) {
            throw DynamoException.validation(TableErrorMessages.encryptedByDefault());
        }
        if (replicas.arePresent()) {
            return plan(definition, replicas.apply(definition, context), TableDescriptions.Status.UPDATING, context);
        }
        GlobalTables.requireSettled(definition, context.region());
        TableUpdates updates = new TableUpdates(definition);
        BillingMode mode = updateBilling(definition, updates);
        indexes.apply(definition, mode, updates, context);
        updateStream(definition, updates, context);
        if (request.deletionProtectionEnabled() != null) {
            updates.deletionProtection(request.deletionProtectionEnabled());
        }
        TableDefinition updated = new TableDetailsUpdate(request, definition, updates.build(), context).updated();
        return plan(
                definition,
                SharedSettings.versioned(definition, updated, context),
                TableDetailsUpdate.takesTime(request)
                        ? TableDescriptions.Status.UPDATING
                        : TableDescriptions.Status.ACTIVE,
                context);
    }

    private Plan<UpdateTableResponse> plan(
            TableDefinition before, TableDefinition after, TableDescriptions.Status status, PlanContext context) {
        return new Plan<>(
                after.equals(before)
                        ? List.of()
                        : List.of(new CatalogMutation(CatalogChange.Action.UPDATE_TABLE, after)),
                new UpdateTableResponse(
                        TableDescriptions.describeUpdated(after, status, indexes.updatedNames(), context)));
    }

    /**
     * Carries the request out. Where it asks for a replica, that one's region is looked at first; so is it where one is to go.
     *
     * @param engine of the region to which the request was sent
     */
    public CompletableFuture<UpdateTableResponse> execute(OperationExecutor engine, OtherRegions others) {
        replicas.created().ifPresent(region -> {
            if (engine.read(context -> !region.equals(context.region()) && isNewReplica(context, region))) {
                others.require(region);
                if (others.table(region, table.name()).isPresent()) {
                    throw DynamoException.validation(ReplicaErrorMessages.replicaExists(table.name()));
                }
            }
        });
        replicas.deleted().ifPresent(region -> {
            if (others.table(region, table.name())
                    .filter(TableDefinition::deletionProtection)
                    .isPresent()) {
                throw DynamoException.validation(TableErrorMessages.deletionProtected());
            }
        });
        return engine.write(this);
    }

    /** Whether the plan would not refuse the replica because of what is known here. */
    private boolean isNewReplica(ReadContext context, String region) {
        return context.table(table.name())
                .map(found -> !found.isGlobal()
                        || found.details()
                                .globalTable()
                                .replica(region)
                                .filter(replica -> !replica.isGone())
                                .isEmpty())
                .orElse(false);
    }

    private BillingMode updateBilling(TableDefinition definition, TableUpdates updates) {
        BillingMode mode =
                request.billingMode() == null ? definition.billingMode() : BillingMode.valueOf(request.billingMode());
        ProvisionedThroughput wanted = TableSettings.throughput(request.provisionedThroughput());
        if (mode == BillingMode.PAY_PER_REQUEST) {
            if (wanted != null) {
                throw DynamoException.validation(TableErrorMessages.throughputOfOnDemand());
            }
            for (UpdateGlobalSecondaryIndex update : indexes.throughputs()) {
                if (update.provisionedThroughput() != null) {
                    throw DynamoException.validation(TableErrorMessages.indexThroughputOfOnDemand(update.indexName()));
                }
                GlobalIndexUpdates.existing(definition, update.indexName());
            }
            updates.billing(mode, null).indexThroughput(Map.of());
            return mode;
        }
        ProvisionedThroughput current = definition.provisionedThroughput();
        if (wanted == null && (current == null || request.billingMode() != null)) {
            throw DynamoException.validation(TableErrorMessages.throughputMissingForMode());
        }
        if (wanted != null && wanted.equals(current)) {
            throw DynamoException.validation(TableErrorMessages.throughputUnchanged(current));
        }
        updates.billing(mode, wanted == null ? current : wanted).indexThroughput(indexThroughput(definition));
        return mode;
    }

    /** The throughput of all indexes of a provisioned table. */
    private Map<String, ProvisionedThroughput> indexThroughput(TableDefinition definition) {
        Map<String, ProvisionedThroughput> throughput = new HashMap<>();
        definition
                .globalSecondaryIndexes()
                .forEach(index -> throughput.put(index.name(), index.provisionedThroughput()));
        for (UpdateGlobalSecondaryIndex update : indexes.throughputs()) {
            String name =
                    GlobalIndexUpdates.existing(definition, update.indexName()).name();
            ProvisionedThroughput wanted = TableSettings.throughput(update.provisionedThroughput());
            if (wanted == null && asksForOtherCapacity(update)) {
                continue;
            }
            if (wanted == null) {
                throw DynamoException.validation(TableErrorMessages.indexThroughputMissing(name));
            }
            if (wanted.equals(throughput.put(name, wanted))) {
                throw DynamoException.validation(TableErrorMessages.throughputUnchanged(wanted));
            }
        }
        for (IndexDefinition index : definition.globalSecondaryIndexes()) {
            if (throughput.get(index.name()) == null) {
                throw DynamoException.validation(TableErrorMessages.indexThroughputMissing(index.name()));
            }
        }
        return throughput;
    }

    private static boolean asksForOtherCapacity(UpdateGlobalSecondaryIndex update) {
        return update.onDemandThroughput() != null || update.warmThroughput() != null;
    }

    private void updateStream(TableDefinition definition, TableUpdates updates, PlanContext context) {
        StreamSpecification stream = request.streamSpecification();
        if (stream == null) {
            return;
        }
        if (stream.streamEnabled() && definition.stream() != null) {
            throw DynamoException.validation(TableErrorMessages.streamAlreadyEnabled(table.name()));
        }
        if (!stream.streamEnabled() && definition.isGlobal()) {
            throw DynamoException.validation(ReplicaErrorMessages.streamOfReplica());
        }
        if (!stream.streamEnabled() && definition.stream() == null) {
            throw DynamoException.validation(TableErrorMessages.noStreamToDisable(table.name()));
        }
        updates.stream(StreamSwitch.definition(stream, definition.name(), context));
        TableDefinition switched = updates.build();
        updates.details(switched.details().withStreamShards(StreamSwitch.shards(switched, context)));
    }
}
