package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ReplicaErrorMessages;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.GlobalTable;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.OnDemandMaximum;
import io.tailrace.schemas.model.ProvisionedThroughput;
import io.tailrace.schemas.model.Replica;
import io.tailrace.schemas.model.ReplicaIndex;
import io.tailrace.schemas.model.ReplicaSettings;
import io.tailrace.schemas.model.ReplicaStatus;
import io.tailrace.schemas.model.ReplicaTelling;
import io.tailrace.schemas.model.StreamDefinition;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.TableClass;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TableStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * UpdateTable's ReplicaUpdates: a replica more or less, and what replicas have differently from the others. (API Reference,
 * ReplicationGroupUpdate; Developer Guide, "Global tables core concepts".)
 */
final class ReplicaUpdates {
    private final List<ReplicaUpdate> updates;

    /** @param updates null for none */
    ReplicaUpdates(List<ReplicaUpdate> updates) {
        this.updates = updates;
    }

    boolean arePresent() {
        return updates != null;
    }

    void checkConstraints(Constraints constraints) {
        constraints.lengthAtLeast("replicaUpdates", updates, 1);
        if (updates == null) {
            return;
        }
        int position = 1;
        for (ReplicaUpdate update : updates) {
            String path = "replicaUpdates." + position++ + ".member.";
            checkConstraints(constraints, path + "create.", update.create());
            checkConstraints(constraints, path + "update.", update.update());
            checkConstraints(constraints, path + "delete.", update.delete());
        }
    }

    private static void checkConstraints(Constraints constraints, String path, ReplicaAction action) {
        if (action == null) {
            return;
        }
        constraints
                .required(path + "regionName", action.regionName())
                .atLeast(path + "provisionedThroughputOverride.readCapacityUnits", action.readCapacityUnits(), 1)
                .lengthAtLeast(path + "globalSecondaryIndexes", action.globalSecondaryIndexes(), 1)
                .oneOf(path + "tableClassOverride", action.tableClassOverride(), Choices.TABLE_CLASS);
        if (action.globalSecondaryIndexes() != null) {
            int position = 1;
            for (ReplicaIndexOverride index : action.globalSecondaryIndexes()) {
                String member = path + "globalSecondaryIndexes." + position++ + ".member.";
                constraints
                        .required(member + "indexName", index.indexName())
                        .name(member + "indexName", index.indexName())
                        .atLeast(
                                member + "provisionedThroughputOverride.readCapacityUnits",
                                index.readCapacityUnits(),
                                1);
            }
        }
    }

    /** What can be said without the table. */
    void check() {
        if (updates == null) {
            return;
        }
        for (ReplicaUpdate update : updates) {
            int actions = (update.create() == null ? 0 : 1)
                    + (update.update() == null ? 0 : 1)
                    + (update.delete() == null ? 0 : 1);
            if (actions == 0) {
                throw DynamoException.validation(ReplicaErrorMessages.noReplicaAction());
            }
            if (actions > 1) {
                throw DynamoException.validation(ReplicaErrorMessages.severalReplicaActions());
            }
            ReplicaAction settings = update.create() == null ? update.update() : update.create();
            TableSettings.refuse("KMSMasterKeyId", settings != null && settings.kmsMasterKeyId() != null);
            if (settings != null) {
                checkMaximums(settings);
            }
            if (update.update() != null && changesNothing(update.update())) {
                throw DynamoException.validation(ReplicaErrorMessages.noReplicaAction());
            }
        }
        Set<String> comingAndGoing = updates.stream()
                .filter(update -> update.update() == null)
                .map(update -> update.create() != null
                        ? update.create().regionName()
                        : "-" + update.delete().regionName())
                .collect(Collectors.toSet());
        if (comingAndGoing.size() > 1
                || (comingAndGoing.size() == 1 && updates.stream().anyMatch(update -> update.update() != null))) {
            throw DynamoException.validation(ReplicaErrorMessages.severalReplicas());
        }
    }

    private static boolean changesNothing(ReplicaAction action) {
        return action.readCapacityUnits() == null
                && action.maxReadRequestUnits() == null
                && action.globalSecondaryIndexes() == null
                && action.tableClassOverride() == null;
    }

    private static void checkMaximums(ReplicaAction action) {
        CapacityChecks.OF_TABLE.checkChanged(maximum(action.maxReadRequestUnits()));
        if (action.globalSecondaryIndexes() != null) {
            for (ReplicaIndexOverride index : action.globalSecondaryIndexes()) {
                new CapacityChecks(index.indexName()).checkChanged(maximum(index.maxReadRequestUnits()));
            }
        }
    }

    private static OnDemandThroughput maximum(Long reads) {
        return reads == null ? null : new OnDemandThroughput(reads, null);
    }

    /** The region of the replica that is to be created; empty when none is. */
    Optional<String> created() {
        return updates == null
                ? Optional.empty()
                : updates.stream()
                        .filter(update -> update.create() != null)
                        .map(update -> update.create().regionName())
                        .findFirst();
    }

    /** The region of the replica that is to be deleted; empty when none is. */
    Optional<String> deleted() {
        return updates == null
                ? Optional.empty()
                : updates.stream()
                        .filter(update -> update.delete() != null)
                        .map(update -> update.delete().regionName())
                        .findFirst();
    }

    /** @throws DynamoException when the table cannot have that */
    TableDefinition apply(TableDefinition table, PlanContext context) {
        TableDefinition updated = table;
        for (ReplicaUpdate update : updates) {
            ReplicaAction action = update.create() != null
                    ? update.create()
                    : update.update() != null ? update.update() : update.delete();
            if (action.regionName().equals(context.region())) {
                throw DynamoException.validation(ReplicaErrorMessages.localRegion());
            }
            if (update.create() != null) {
                return create(table, action, context);
            }
            if (update.delete() != null) {
                return delete(table, action.regionName(), context);
            }
            updated = update(updated, action, context);
        }
        return updated.equals(table)
                ? table
                : updated.withDetails(
                        updated.details().withTransition(TableStates.begin(TableStatus.UPDATING, context)));
    }

    private static TableDefinition create(TableDefinition table, ReplicaAction action, PlanContext context) {
        String region = action.regionName();
        GlobalTable global = table.isGlobal() ? table.details().globalTable() : GlobalTables.begin(table, context);
        Optional<Replica> former = global.replica(region);
        if (former.filter(replica -> !replica.isGone()).isPresent()) {
            throw DynamoException.validation(ReplicaErrorMessages.replicaExists(table.name()));
        }
        GlobalTables.requireSettled(table, context.region());
        GlobalTables.requireSettledIndexes(table);
        ItemVersion created = former.map(replica -> GlobalTables.next(replica.created(), context))
                .orElseGet(() -> new ItemVersion(context.now(), context.region()));
        Replica replica = new Replica(
                region, created, ReplicaStatus.CREATING, created, settings(table, ReplicaSettings.NONE, action));
        List<Replica> others = new ArrayList<>(global.replicas());
        others.removeIf(other -> other.region().equals(region));
        GlobalTable with = global.withReplicas(others).with(replica).with(new ReplicaTelling(region, created, false));
        TableUpdates updates = new TableUpdates(table);
        if (table.stream() == null) {
            updates.stream(
                    new StreamDefinition(StreamViewType.NEW_AND_OLD_IMAGES, StreamLabels.next(table.name(), context)));
            updates.details(table.details().withStreamShards(StreamSwitch.shards(updates.build(), context)));
        }
        TableDefinition updated = updates.build();
        return updated.withDetails(updated.details()
                .withGlobalTable(with)
                .withTransition(TableStates.begin(TableStatus.UPDATING, context)));
    }

    private static TableDefinition delete(TableDefinition table, String region, PlanContext context) {
        Replica replica = part(table, region);
        if (replica.status() == ReplicaStatus.DELETING) {
            throw GlobalTables.inUse();
        }
        GlobalTable global = table.details().globalTable();
        if (global.others(context.region()).stream()
                .anyMatch(other -> !other.region().equals(region) && other.status() != ReplicaStatus.ACTIVE)) {
            throw GlobalTables.inUse();
        }
        GlobalTables.requireNoSource(global, region, context);
        ReplicaStatus status =
                replica.status() == ReplicaStatus.CREATION_FAILED ? ReplicaStatus.DELETED : ReplicaStatus.DELETING;
        TableDefinition updated =
                table.withDetails(table.details().withGlobalTable(global.with(replica.withStatus(status))));
        TableDefinition settled = GlobalTables.settled(updated, context.region());
        return settled.withDetails(settled.details().withTransition(TableStates.begin(TableStatus.UPDATING, context)));
    }

    /** The replica, one that could not be created included. */
    private static Replica part(TableDefinition table, String region) {
        return Optional.ofNullable(table.details().globalTable())
                .flatMap(global -> global.replica(region))
                .filter(replica ->
                        replica.status() == ReplicaStatus.CREATION_FAILED || (table.isGlobal() && !replica.isGone()))
                .orElseThrow(() -> DynamoException.validation(ReplicaErrorMessages.replicaNotFound(region)));
    }

    private static TableDefinition update(TableDefinition table, ReplicaAction action, PlanContext context) {
        Replica replica = part(table, action.regionName());
        GlobalTables.requireSettled(table, context.region());
        if (replica.status() != ReplicaStatus.ACTIVE) {
            throw GlobalTables.inUse();
        }
        if (table.billingMode() == BillingMode.PAY_PER_REQUEST && hasUnits(action)) {
            throw DynamoException.validation(ReplicaErrorMessages.readUnitsOfOnDemand());
        }
        ReplicaSettings settings = settings(table, replica.settings(), action);
        return settings.equals(replica.settings())
                ? table
                : table.withDetails(table.details()
                        .withGlobalTable(table.details()
                                .globalTable()
                                .with(replica.withSettings(GlobalTables.next(replica.changed(), context), settings))));
    }

    private static boolean hasUnits(ReplicaAction action) {
        return action.readCapacityUnits() != null
                || (action.globalSecondaryIndexes() != null
                        && action.globalSecondaryIndexes().stream()
                                .anyMatch(index -> index.readCapacityUnits() != null));
    }

    /** The settings after a request. What is as the others have it is no difference any more. */
    private static ReplicaSettings settings(TableDefinition table, ReplicaSettings before, ReplicaAction action) {
        OnDemandMaximum maximum = table.details().capacity().maximum();
        ReplicaSettings settings = new ReplicaSettings(
                different(before.readCapacityUnits(), action.readCapacityUnits(), reads(table.provisionedThroughput())),
                different(before.maxReadRequestUnits(), action.maxReadRequestUnits(), reads(maximum)),
                action.tableClassOverride() == null
                        ? before.tableClass()
                        : tableClass(table, TableClass.valueOf(action.tableClassOverride())),
                before.indexes());
        if (action.globalSecondaryIndexes() != null) {
            for (ReplicaIndexOverride wanted : action.globalSecondaryIndexes()) {
                settings = settings.withIndex(index(table, before, wanted));
            }
        }
        return settings;
    }

    private static ReplicaIndex index(TableDefinition table, ReplicaSettings before, ReplicaIndexOverride wanted) {
        String name = wanted.indexName();
        ReplicaIndex had = before.index(name).orElseGet(() -> new ReplicaIndex(name, null, null));
        Optional<IndexDefinition> index = table.globalSecondaryIndex(name);
        return new ReplicaIndex(
                name,
                different(
                        had.readCapacityUnits(),
                        wanted.readCapacityUnits(),
                        index.map(found -> reads(found.provisionedThroughput())).orElse(null)),
                different(
                        had.maxReadRequestUnits(),
                        wanted.maxReadRequestUnits(),
                        index.map(found -> reads(table.details().capacity(found).maximum()))
                                .orElse(null)));
    }

    private static Long different(Long before, Long wanted, Long ofOthers) {
        if (wanted == null) {
            return before;
        }
        return wanted.equals(ofOthers) || wanted == Capacities.NO_MAXIMUM ? null : wanted;
    }

    private static TableClass tableClass(TableDefinition table, TableClass wanted) {
        return wanted == table.details().tableClass() ? null : wanted;
    }

    private static Long reads(ProvisionedThroughput units) {
        return units == null ? null : units.readCapacityUnits();
    }

    private static Long reads(OnDemandMaximum maximum) {
        return maximum == null ? null : maximum.readRequestUnits();
    }
}
