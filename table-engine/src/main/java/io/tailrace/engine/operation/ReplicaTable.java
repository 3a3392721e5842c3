package io.tailrace.engine.operation;

import io.tailrace.engine.writer.PlanContext;
import io.tailrace.schemas.model.CapacityDetails;
import io.tailrace.schemas.model.GlobalTable;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Replica;
import io.tailrace.schemas.model.ReplicaTelling;
import io.tailrace.schemas.model.StreamDefinition;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TableDetails;
import io.tailrace.schemas.model.TimeToLiveChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of a new replica, as it is made in its region: its key, indexes, capacity, time to live and stream are those of the
 * replica that it is made from. It has ids of its own, and neither tags nor deletion protection.
 */
final class ReplicaTable {
    private ReplicaTable() {}

    static TableDefinition of(TableDefinition source, PlanContext context) {
        int id = context.newId();
        List<IndexDefinition> local = source.localSecondaryIndexes().stream()
                .map(index -> copy(index, context))
                .toList();
        List<IndexDefinition> global = new ArrayList<>();
        Map<Integer, CapacityDetails> capacity = new HashMap<>();
        for (IndexDefinition index : source.maintainedGlobalIndexes()) {
            IndexDefinition copy = copy(index, context);
            global.add(copy);
            capacity.put(copy.id(), source.details().capacity(index));
        }
        TableDefinition table = new TableDefinition(
                id,
                context.newUuid().toString(),
                source.name(),
                source.key(),
                source.attributeTypes(),
                local,
                global,
                source.billingMode(),
                source.provisionedThroughput(),
                source.stream() == null
                        ? null
                        : new StreamDefinition(source.stream().viewType(), StreamLabels.next(source.name(), context)),
                source.ttlAttribute(),
                false,
                Map.of(),
                context.now());
        TimeToLiveChange timeToLive = source.details().timeToLive();
        return table.withDetails(TableDetails.NONE
                .withTransition(GlobalTables.BEING_CREATED)
                .withTableClass(source.details().tableClass(), source.details().tableClassChanges())
                .withOnDemandSwitches(source.details().onDemandSwitches())
                .withCapacity(source.details().capacity())
                .withIndexCapacity(capacity)
                // Time to live learns of all items as they come.
                .withTimeToLive(timeToLive == null ? null : new TimeToLiveChange(timeToLive.time(), false))
                .withStreamShards(StreamSwitch.shards(table, context))
                .withGlobalTable(known(source.details().globalTable(), context.region())));
    }

    private static IndexDefinition copy(IndexDefinition index, PlanContext context) {
        return new IndexDefinition(
                context.newId(), index.name(), index.key(), index.projection(), index.provisionedThroughput());
    }

    /** What the source knows, but for what it has told and heard: those who are there hear all that will be written here. */
    private static GlobalTable known(GlobalTable source, String here) {
        List<ReplicaTelling> told = new ArrayList<>();
        for (Replica replica : source.others(here)) {
            if (replica.isLive()) {
                told.add(new ReplicaTelling(replica.region(), replica.created(), true));
            }
        }
        return source.withTold(told).withHeard(List.of());
    }
}
