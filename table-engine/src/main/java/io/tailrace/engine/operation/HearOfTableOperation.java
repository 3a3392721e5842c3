package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ReplicaErrorMessages;
import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.Mutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.codec.MalformedAvroException;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.GlobalTable;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.Replica;
import io.tailrace.schemas.model.ReplicaStatus;
import io.tailrace.schemas.model.ReplicaTelling;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Another region tells of a change of a global table. If a replica is to be made here, its table is created; if the replica is
 * to go, its table is deleted; else what the other region knows is joined with what this one does. It may be told several
 * times, late, and over several partitions: only what is new has an effect.
 */
public final class HearOfTableOperation implements WriteOperation<CommandOutcome> {
    private static final Logger log = LoggerFactory.getLogger(HearOfTableOperation.class);

    private final String region;
    private final CatalogChange change;
    private final int pair;
    private final int pairs;

    /**
     * @param partition of the commands topic, over which it came
     * @param partitions how many that topic has
     * @throws DynamoException when it cannot be understood
     */
    public HearOfTableOperation(Command.TellTable told, int partition, int partitions) {
        try {
            ChangeRecord record = ChangeRecordCodec.decode(told.change().asByteBuffer());
            if (!(record.change() instanceof CatalogChange catalog)) {
                throw DynamoException.validation(ReplicaErrorMessages.notToldOfTable());
            }
            region = record.region();
            change = catalog;
        } catch (MalformedAvroException malformed) {
            throw DynamoException.validation(ReplicaErrorMessages.notToldOfTable());
        }
        pair = told.partition() * partitions + partition;
        pairs = told.partitions() * partitions;
    }

    @Override
    public Plan<CommandOutcome> plan(PlanContext context) {
        TableDefinition theirs = change.table();
        GlobalTable told = theirs.details().globalTable();
        if (told == null || region.equals(context.region())) {
            return plan(List.of());
        }
        Optional<TableDefinition> own = context.table(theirs.name());
        boolean sameGroup = own.isPresent()
                && own.get().isGlobal()
                && own.get().details().globalTable().id().equals(told.id());
        if (sameGroup) {
            return plan(join(own.get(), context));
        }
        Optional<Replica> asked = told.replica(context.region()).filter(Replica::isLive);
        boolean wanted = change.action() != CatalogChange.Action.DELETE_TABLE
                && told.inForce()
                && asked.isPresent()
                && isNews(asked.get(), own, context);
        if (own.isPresent() && own.get().isGlobal()) {
            return plan(contradict(own.get(), wanted, context));
        }
        if (!wanted) {
            return plan(List.of());
        }
        return plan(own.isPresent() ? refuse(own.get(), asked.get(), context) : create(asked.get(), context));
    }

    /** Whether this creation of the replica was not done, or refused, before. */
    private boolean isNews(Replica asked, Optional<TableDefinition> own, PlanContext context) {
        String id = change.table().details().globalTable().id();
        return Stream.concat(own.stream(), context.goneReplicas(change.table().name()).stream())
                .map(table -> table.details().globalTable())
                .filter(known -> known != null && known.id().equals(id))
                .map(known -> known.replica(context.region()))
                .flatMap(Optional::stream)
                .noneMatch(known -> known.created().compareTo(asked.created()) >= 0);
    }

    /**
     * The other region's table is part of another global table than the one here. If a replica was to be made there, it cannot
     * be; if one is to be made here, the other region is told once more what is here, and finds the same.
     */
    private List<Mutation> contradict(TableDefinition own, boolean wanted, PlanContext context) {
        GlobalTable told = change.table().details().globalTable();
        GlobalTable global = own.details().globalTable();
        Optional<Replica> failed = global.replica(region)
                .filter(replica ->
                        replica.status() == ReplicaStatus.CREATING || replica.status() == ReplicaStatus.DELETING)
                .filter(replica -> told.inForce()
                        && told.replica(region).filter(Replica::isLive).isPresent());
        TableDefinition known = failed.isEmpty()
                ? own
                : own.withDetails(own.details()
                        .withGlobalTable(global.with(failed.get().withStatus(ReplicaStatus.CREATION_FAILED))));
        return wanted || failed.isPresent()
                ? List.of(new CatalogMutation(
                        CatalogChange.Action.UPDATE_TABLE, GlobalTables.settled(known, context.region())))
                : List.of();
    }

    private List<Mutation> create(Replica asked, PlanContext context) {
        if (asked.status() != ReplicaStatus.CREATING) {
            throw DynamoException.validation(
                    ReplicaErrorMessages.replicaLost(change.table().name()));
        }
        TableDefinition table = hear(ReplicaTable.of(change.table(), context), context);
        return List.of(
                new CatalogMutation(CatalogChange.Action.CREATE_TABLE, GlobalTables.settled(table, context.region())));
    }

    /** There is a table of that name already: the others are told so. */
    private List<Mutation> refuse(TableDefinition own, Replica asked, PlanContext context) {
        log.warn(
                "{} is to have a replica of {} in {}, where there is a table of that name",
                region,
                own.name(),
                context.region());
        GlobalTable note = change.table()
                .details()
                .globalTable()
                .with(asked.withStatus(ReplicaStatus.CREATION_FAILED))
                .withTold(List.of())
                .withHeard(List.of())
                .inForce(false);
        return update(own, own.withDetails(own.details().withGlobalTable(note)));
    }

    private List<Mutation> join(TableDefinition own, PlanContext context) {
        ItemVersion createdBefore = replica(own, context).created();
        TableDefinition joined = new ReplicaMerge(own, change.table(), context).merged();
        Replica known = replica(joined, context);
        if (!known.isLive()) {
            return List.of(GlobalTables.removal(joined, context));
        }
        if (!known.created().equals(createdBefore) && known.status() == ReplicaStatus.CREATING) {
            // Two regions asked for it at a time: the later creation counts, and begins anew.
            joined = joined.withDetails(joined.details()
                    .withTransition(GlobalTables.BEING_CREATED)
                    .withGlobalTable(joined.details().globalTable().withHeard(List.of())));
        }
        return update(own, GlobalTables.settled(hear(joined, context), context.region()));
    }

    private static Replica replica(TableDefinition table, PlanContext context) {
        return table.details().globalTable().replica(context.region()).orElseThrow();
    }

    /** Notes, while this replica is new, that the other region has told it everything. */
    private TableDefinition hear(TableDefinition own, PlanContext context) {
        Replica replica = replica(own, context);
        boolean done = replica.status() == ReplicaStatus.CREATING
                && change.table()
                        .details()
                        .globalTable()
                        .telling(replica)
                        .filter(ReplicaTelling::done)
                        .isPresent();
        return done
                ? own.withDetails(own.details()
                        .withGlobalTable(GlobalTables.heard(own.details().globalTable(), region, pair, pairs)))
                : own;
    }

    private static List<Mutation> update(TableDefinition before, TableDefinition after) {
        return after.equals(before)
                ? List.of()
                : List.of(new CatalogMutation(CatalogChange.Action.UPDATE_TABLE, after));
    }

    private static Plan<CommandOutcome> plan(List<Mutation> mutations) {
        return new Plan<>(mutations, CommandOutcome.APPLIED);
    }
}
