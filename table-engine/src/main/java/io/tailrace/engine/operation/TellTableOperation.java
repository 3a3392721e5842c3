package io.tailrace.engine.operation;

import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.CapacityDetails;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TableDetails;
import io.tailrace.schemas.model.TableStatus;
import io.tailrace.schemas.model.TimeToLiveChange;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells a table again to those who follow the log and may have missed some of it: its definition now, and its items through
 * backfills. Each global secondary index becomes one with a new id and is built anew, so that nothing stays in it that should
 * have gone; until then it is CREATING. Time to live learns of each item again. No operation of DynamoDB's API.
 */
public final class TellTableOperation implements WriteOperation<TellTableOperation.Told> {
    private final TableDefinition table;

    /**
     * What is told again besides the definition.
     *
     * @param indexes names of the global secondary indexes that are built anew
     * @param timeToLive whether the items are told again for time to live
     */
    public record Told(List<String> indexes, boolean timeToLive) {
        private static final Told NOTHING = new Told(List.of(), false);

        public Told {
            indexes = List.copyOf(indexes);
        }
    }

    /** @param table which; what is told is how it is by then, or nothing when it is gone */
    public TellTableOperation(TableDefinition table) {
        this.table = table;
    }

    @Override
    public Plan<Told> plan(PlanContext context) {
        Optional<TableDefinition> found =
                context.table(table.name()).filter(now -> now.id() == table.id() && !now.isGone(context.now()));
        if (found.isEmpty()) {
            return new Plan<>(List.of(), Told.NOTHING);
        }
        TableDefinition now = found.get();
        if (isBeingDeleted(now)) {
            return tell(now, Told.NOTHING);
        }
        Map<Integer, Integer> newIds = new HashMap<>();
        List<String> names = new ArrayList<>();
        List<IndexDefinition> indexes = new ArrayList<>();
        for (IndexDefinition index : now.globalSecondaryIndexes()) {
            indexes.add(index.isMaintained() ? anew(index, context.newId(), newIds, names) : index);
        }
        TableDetails details =
                now.details().withIndexCapacity(byNewIds(now.details().indexCapacity(), newIds));
        boolean timeToLive = now.ttlAttribute() != null;
        if (timeToLive) {
            details = details.withTimeToLive(backfilling(details.timeToLive(), context));
        }
        TableDefinition told = new TableUpdates(now)
                .globalSecondaryIndexes(indexes)
                .details(details)
                .build();
        return tell(told, new Told(names, timeToLive));
    }

    private static Plan<Told> tell(TableDefinition definition, Told told) {
        return new Plan<>(List.of(new CatalogMutation(CatalogChange.Action.UPDATE_TABLE, definition)), told);
    }

    private static boolean isBeingDeleted(TableDefinition table) {
        return table.details().transition() != null
                && table.details().transition().status() == TableStatus.DELETING;
    }

    private static IndexDefinition anew(
            IndexDefinition index, int newId, Map<Integer, Integer> newIds, List<String> names) {
        newIds.put(index.id(), newId);
        names.add(index.name());
        return new IndexDefinition(
                newId,
                index.name(),
                index.key(),
                index.projection(),
                index.provisionedThroughput(),
                IndexStatus.BACKFILLING);
    }

    private static Map<Integer, CapacityDetails> byNewIds(
            Map<Integer, CapacityDetails> capacity, Map<Integer, Integer> newIds) {
        Map<Integer, CapacityDetails> moved = new HashMap<>();
        capacity.forEach((id, details) -> moved.put(newIds.getOrDefault(id, id), details));
        return moved;
    }

    /** Another change than the one before, so that the backfill is another one; and not later, for it was not switched now. */
    private static TimeToLiveChange backfilling(TimeToLiveChange last, PlanContext context) {
        return new TimeToLiveChange(last == null ? context.now() : last.time().plus(1, ChronoUnit.MICROS), true);
    }
}
