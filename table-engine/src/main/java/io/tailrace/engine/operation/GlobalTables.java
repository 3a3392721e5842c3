package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.error.ReplicaErrorMessages;
import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.Mutation;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.GlobalTable;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.Replica;
import io.tailrace.schemas.model.ReplicaHearing;
import io.tailrace.schemas.model.ReplicaSettings;
import io.tailrace.schemas.model.ReplicaStatus;
import io.tailrace.schemas.model.ReplicaTelling;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TableDetails;
import io.tailrace.schemas.model.TableStatus;
import io.tailrace.schemas.model.TableTransition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rules of the life of global tables and their replicas that several operations have in common. */
final class GlobalTables {
    /** A replica is being created for as long as it takes. */
    static final TableTransition BEING_CREATED =
            new TableTransition(TableStatus.CREATING, Instant.parse("9999-12-31T23:59:59Z"));

    private GlobalTables() {}

    /** The version of a change that is made here and now, after the one that had {@code before}. */
    static ItemVersion next(ItemVersion before, PlanContext context) {
        return before.next(context.now(), context.region());
    }

    /** The global table that begins with a table, in which it is the only replica. */
    static GlobalTable begin(TableDefinition table, PlanContext context) {
        GlobalTable former = table.details().globalTable();
        Instant since = context.now();
        List<Replica> gone = new ArrayList<>();
        ItemVersion created = new ItemVersion(since, context.region());
        if (former != null) {
            Instant later = former.since().plus(1, ChronoUnit.MICROS);
            since = since.isBefore(later) ? later : since;
            for (Replica replica : former.replicas()) {
                if (replica.region().equals(context.region())) {
                    created = next(replica.created(), context);
                } else if (replica.isGone()) {
                    gone.add(replica);
                }
            }
        }
        gone.add(new Replica(context.region(), created, ReplicaStatus.ACTIVE, created, ReplicaSettings.NONE));
        return new GlobalTable(
                context.newUuid().toString(),
                since,
                context.region(),
                true,
                gone,
                Map.of(),
                Map.of(),
                List.of(),
                List.of());
    }

    /**
     * Refuses what a global table cannot have while replicas of it come or go.
     *
     * @throws DynamoException ResourceInUseException
     */
    static void requireSettled(TableDefinition table, String here) {
        if (table.isGlobal()
                && table.details().globalTable().others(here).stream()
                        .anyMatch(replica -> replica.status() != ReplicaStatus.ACTIVE)) {
            throw inUse();
        }
    }

    static DynamoException inUse() {
        return new DynamoException(ErrorType.RESOURCE_IN_USE, ReplicaErrorMessages.replicaChanging());
    }

    /** Likewise, while indexes do. */
    static void requireSettledIndexes(TableDefinition table) {
        if (table.globalSecondaryIndexes().stream().anyMatch(index -> index.status() != IndexStatus.ACTIVE)) {
            throw inUse();
        }
    }

    /** A region from which another one was made cannot go for a while. */
    static void requireNoSource(GlobalTable table, String region, PlanContext context) {
        Duration hold = context.settings().replicaSourceHold();
        for (Replica replica : table.replicas()) {
            if (replica.isLive()
                    && !replica.region().equals(region)
                    && replica.created().region().equals(region)
                    && context.now().isBefore(replica.created().time().plus(hold))) {
                throw DynamoException.validation(ReplicaErrorMessages.replicaWasSource());
            }
        }
    }

    /** A region from which another one is being made cannot go, even where {@link #requireNoSource} allows it. */
    static void requireNotBeingCopied(GlobalTable table, String region) {
        if (table.others(region).stream()
                .anyMatch(replica -> replica.status() == ReplicaStatus.CREATING
                        && replica.created().region().equals(region))) {
            throw inUse();
        }
    }

    /**
     * What follows from what is known of the replicas: whom this region has to tell everything, whether it has heard
     * everything itself, whether others are left. Nothing for a table that is no replica.
     *
     * @param table one that stays
     */
    static TableDefinition settled(TableDefinition table, String here) {
        if (!table.isGlobal()) {
            return table;
        }
        GlobalTable global = table.details().globalTable();
        if (global.others(here).isEmpty()) {
            return active(table, global.withTold(List.of()).withHeard(List.of()).inForce(false), here);
        }
        List<ReplicaTelling> told = new ArrayList<>();
        for (Replica replica : global.others(here)) {
            if (replica.isLive()) {
                told.add(global.telling(replica)
                        .orElseGet(() -> new ReplicaTelling(replica.region(), replica.created(), false)));
            }
        }
        GlobalTable known = global.withTold(told);
        return isComplete(known, here)
                ? active(table, known.withHeard(List.of()), here)
                : table.withDetails(table.details().withGlobalTable(known));
    }

    private static TableDefinition active(TableDefinition table, GlobalTable global, String here) {
        Replica own = global.replica(here).orElseThrow();
        if (own.status() != ReplicaStatus.CREATING) {
            return table.withDetails(table.details().withGlobalTable(global));
        }
        return table.withDetails(table.details()
                .withTransition(null)
                .withGlobalTable(global.with(own.withStatus(ReplicaStatus.ACTIVE))));
    }

    /** Whether this region is new, and has heard everything from its source and from all who take writes. */
    private static boolean isComplete(GlobalTable global, String here) {
        Replica own = global.replica(here).orElseThrow();
        return own.status() == ReplicaStatus.CREATING
                && global.others(here).stream()
                        .filter(replica -> replica.status() == ReplicaStatus.ACTIVE
                                || replica.region().equals(own.created().region()))
                        .allMatch(replica -> global.heard().stream()
                                .anyMatch(
                                        hearing -> hearing.region().equals(replica.region()) && hearing.isComplete()));
    }

    /** With one more place in which it was heard that a region has told everything. */
    static GlobalTable heard(GlobalTable global, String region, int pair, int pairs) {
        List<ReplicaHearing> hearings = new ArrayList<>();
        List<Integer> heard = new ArrayList<>();
        for (ReplicaHearing hearing : global.heard()) {
            if (!hearing.region().equals(region)) {
                hearings.add(hearing);
            } else if (hearing.pairs() == pairs) {
                heard.addAll(hearing.heard());
            }
        }
        heard.add(pair);
        hearings.add(new ReplicaHearing(region, pairs, heard));
        return global.withHeard(hearings);
    }

    /** Takes the table of a replica away. */
    static Mutation removal(TableDefinition table, PlanContext context) {
        GlobalTable global = table.details().globalTable();
        Replica own = global.replica(context.region()).orElseThrow();
        TableDetails details = table.details()
                .withGlobalTable(global.with(own.withStatus(ReplicaStatus.DELETED))
                        .withTold(List.of())
                        .withHeard(List.of())
                        .inForce(false));
        TableTransition transition = TableStates.begin(TableStatus.DELETING, context);
        return transition == null
                ? new CatalogMutation(CatalogChange.Action.DELETE_TABLE, table.withDetails(details))
                : new CatalogMutation(
                        CatalogChange.Action.UPDATE_TABLE, table.withDetails(details.withTransition(transition)));
    }
}
