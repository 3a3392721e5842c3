package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.error.TableErrorMessages;
import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.ProvisionedThroughput;
import io.tailrace.schemas.model.StreamDefinition;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.TableDefinition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * UpdateTable: billing mode, throughput, maximums and warm throughput of table and indexes, stream, table class and deletion
 * protection. Indexes are not created or deleted here. (API Reference, UpdateTable.)
 */
public final class UpdateTableOperation implements WriteOperation<UpdateTableResponse> {
    private final UpdateTableRequest request;
    private final TableReference table;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public UpdateTableOperation(UpdateTableRequest request) {
        this.request = request;
        table = TableReference.required(request.tableName());
        checkConstraints();
        refuseUnsupported();
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
        checkIndexUpdates();
    }

    private void checkConstraints() {
        Constraints constraints = new Constraints()
                .namePattern("tableName", table.name())
                .oneOf("billingMode", request.billingMode(), Choices.BILLING_MODE);
        TableSettings.checkConstraints(constraints, "provisionedThroughput", request.provisionedThroughput());
        int position = 1;
        for (GlobalSecondaryIndexUpdate update : indexUpdates()) {
            String path = "globalSecondaryIndexUpdates." + position++ + ".member.update.";
            if (update.update() != null) {
                constraints
                        .required(path + "indexName", update.update().indexName())
                        .name(path + "indexName", update.update().indexName());
                TableSettings.checkConstraints(
                        constraints,
                        path + "provisionedThroughput",
                        update.update().provisionedThroughput());
            }
        }
        TableSettings.checkConstraints(constraints, request.streamSpecification());
        constraints
                .oneOf("tableClass", request.tableClass(), Choices.TABLE_CLASS)
                .verify();
    }

    private void refuseUnsupported() {
        TableSettings.refuseOwnKey(request.sseSpecification());
        TableSettings.refuse("ReplicaUpdates", request.replicaUpdates());
        TableSettings.refuse("GlobalTableWitnessUpdates", request.globalTableWitnessUpdates());
        TableSettings.refuse("VectorIndexUpdates", request.vectorIndexUpdates());
        TableSettings.refuse("MultiRegionConsistency", request.multiRegionConsistency() != null);
        TableSettings.refuse(
                "GlobalTableSettingsReplicationMode", request.globalTableSettingsReplicationMode() != null);
        TableSettings.refuse("DisassociationProtectionEnabled", request.disassociationProtectionEnabled() != null);
        for (GlobalSecondaryIndexUpdate update : indexUpdates()) {
            TableSettings.refuse("GlobalSecondaryIndexUpdates Create", update.create() != null);
            TableSettings.refuse("GlobalSecondaryIndexUpdates Delete", update.delete() != null);
        }
    }

    private List<GlobalSecondaryIndexUpdate> indexUpdates() {
        return request.globalSecondaryIndexUpdates() == null ? List.of() : request.globalSecondaryIndexUpdates();
    }

    private void checkIndexUpdates() {
        Set<String> names = new HashSet<>();
        for (GlobalSecondaryIndexUpdate update : indexUpdates()) {
            if (update.update() == null) {
                throw DynamoException.validation(TableErrorMessages.indexUpdateEmpty());
            }
            if (!names.add(update.update().indexName())) {
                throw DynamoException.validation(
                        TableErrorMessages.indexUpdatedTwice(update.update().indexName()));
            }
            if (update.update().provisionedThroughput() != null) {
                TableSettings.checkBounds(update.update().provisionedThroughput());
            }
            new CapacityChecks(update.update().indexName())
                    .checkChanged(update.update().onDemandThroughput());
        }
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
        TableUpdates updates = new TableUpdates(definition);
        updateBilling(definition, updates);
        updateStream(definition, updates, context);
        if (request.deletionProtectionEnabled() != null) {
            updates.deletionProtection(request.deletionProtectionEnabled());
        }
        TableDefinition updated = new TableDetailsUpdate(request, definition, updates.build(), context).updated();
        return new Plan<>(
                updated.equals(definition)
                        ? List.of()
                        : List.of(new CatalogMutation(CatalogChange.Action.UPDATE_TABLE, updated)),
                new UpdateTableResponse(TableDescriptions.describe(
                        updated,
                        TableDetailsUpdate.takesTime(request)
                                ? TableDescriptions.Status.UPDATING
                                : TableDescriptions.Status.ACTIVE,
                        context)));
    }

    private void updateBilling(TableDefinition definition, TableUpdates updates) {
        BillingMode mode =
                request.billingMode() == null ? definition.billingMode() : BillingMode.valueOf(request.billingMode());
        ProvisionedThroughput wanted = TableSettings.throughput(request.provisionedThroughput());
        if (mode == BillingMode.PAY_PER_REQUEST) {
            if (wanted != null) {
                throw DynamoException.validation(TableErrorMessages.throughputOfOnDemand());
            }
            for (GlobalSecondaryIndexUpdate update : indexUpdates()) {
                if (update.update().provisionedThroughput() != null) {
                    throw DynamoException.validation(TableErrorMessages.indexThroughputOfOnDemand(
                            update.update().indexName()));
                }
                requireIndex(definition, update.update().indexName());
            }
            updates.billing(mode, null).indexThroughput(Map.of());
            return;
        }
        ProvisionedThroughput current = definition.provisionedThroughput();
        if (wanted == null && (current == null || request.billingMode() != null)) {
            throw DynamoException.validation(TableErrorMessages.throughputMissingForMode());
        }
        if (wanted != null && wanted.equals(current)) {
            throw DynamoException.validation(TableErrorMessages.throughputUnchanged(current));
        }
        updates.billing(mode, wanted == null ? current : wanted).indexThroughput(indexThroughput(definition));
    }

    /** The throughput of all indexes of a provisioned table. */
    private Map<String, ProvisionedThroughput> indexThroughput(TableDefinition definition) {
        Map<String, ProvisionedThroughput> throughput = new HashMap<>();
        definition
                .globalSecondaryIndexes()
                .forEach(index -> throughput.put(index.name(), index.provisionedThroughput()));
        for (GlobalSecondaryIndexUpdate update : indexUpdates()) {
            String name = update.update().indexName();
            requireIndex(definition, name);
            ProvisionedThroughput wanted =
                    TableSettings.throughput(update.update().provisionedThroughput());
            if (wanted == null && asksForOtherCapacity(update.update())) {
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

    private static void requireIndex(TableDefinition definition, String name) {
        if (definition.globalSecondaryIndex(name).isEmpty()) {
            throw new DynamoException(ErrorType.RESOURCE_NOT_FOUND, ErrorMessages.resourceNotFound());
        }
    }

    private void updateStream(TableDefinition definition, TableUpdates updates, PlanContext context) {
        StreamSpecification stream = request.streamSpecification();
        if (stream == null) {
            return;
        }
        if (stream.streamEnabled() && definition.stream() != null) {
            throw DynamoException.validation(TableErrorMessages.streamAlreadyEnabled(table.name()));
        }
        if (!stream.streamEnabled() && definition.stream() == null) {
            throw DynamoException.validation(TableErrorMessages.noStreamToDisable(table.name()));
        }
        updates.stream(
                stream.streamEnabled()
                        ? new StreamDefinition(
                                StreamViewType.valueOf(stream.streamViewType()), StreamLabels.of(context.now()))
                        : null);
    }
}
