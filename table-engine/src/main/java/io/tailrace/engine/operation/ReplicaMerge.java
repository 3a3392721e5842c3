package io.tailrace.engine.operation;

import io.tailrace.engine.writer.PlanContext;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.CapacityDetails;
import io.tailrace.schemas.model.GlobalTable;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.ProvisionedThroughput;
import io.tailrace.schemas.model.Replica;
import io.tailrace.schemas.model.SharedSetting;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TimeToLiveChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Joins what another region says of a global table with what this region knows: which replicas there are, and of each shared
 * setting the latest change. The result is the same in whatever order regions hear of one another.
 */
final class ReplicaMerge {
    private final TableDefinition theirs;
    private final GlobalTable other;
    private final PlanContext context;
    private TableDefinition table;
    private GlobalTable global;

    /**
     * @param own a replica of the same global table
     * @param theirs the other region's
     */
    ReplicaMerge(TableDefinition own, TableDefinition theirs, PlanContext context) {
        this.table = own;
        this.global = own.details().globalTable();
        this.theirs = theirs;
        this.other = theirs.details().globalTable();
        this.context = context;
    }

    /** The replica as it knows now what the other region knew. */
    TableDefinition merged() {
        for (Replica replica : other.replicas()) {
            global = global.with(replica);
        }
        if (other.inForce()) {
            other.indexes().keySet().forEach(this::mergeIndex);
            mergeSettings();
        }
        return table.withDetails(table.details().withGlobalTable(global));
    }

    private void mergeSettings() {
        if (isNewer(SharedSetting.CAPACITY)) {
            takeCapacity();
        }
        table = withFittingUnits(table);
        if (isNewer(SharedSetting.TIME_TO_LIVE)) {
            takeTimeToLive();
        }
        if (isNewer(SharedSetting.TABLE_CLASS)) {
            table = table.withDetails(table.details()
                    .withTableClass(
                            theirs.details().tableClass(), theirs.details().tableClassChanges()));
        }
        for (SharedSetting setting : SharedSetting.values()) {
            if (isNewer(setting)) {
                global = global.withSetting(setting, other.version(setting));
            }
        }
    }

    private boolean isNewer(SharedSetting setting) {
        return other.version(setting).isAfter(global.version(setting));
    }

    private void takeCapacity() {
        TableUpdates updates = new TableUpdates(table).billing(theirs.billingMode(), theirs.provisionedThroughput());
        Map<String, ProvisionedThroughput> units = new HashMap<>();
        Map<Integer, CapacityDetails> details = new HashMap<>(table.details().indexCapacity());
        for (IndexDefinition index : table.globalSecondaryIndexes()) {
            Optional<IndexDefinition> same = maintained(theirs, index.name());
            units.put(
                    index.name(),
                    same.map(IndexDefinition::provisionedThroughput).orElse(index.provisionedThroughput()));
            same.ifPresent(found -> details.put(index.id(), theirs.details().capacity(found)));
        }
        updates.indexThroughput(units)
                .details(table.details()
                        .withCapacity(theirs.details().capacity())
                        .withIndexCapacity(details)
                        .withOnDemandSwitches(theirs.details().onDemandSwitches()));
        table = updates.build();
    }

    /** Indexes have units exactly when the table has them; those that came without get as many as the table. */
    static TableDefinition withFittingUnits(TableDefinition table) {
        boolean provisioned = table.billingMode() == BillingMode.PROVISIONED;
        return table.withGlobalSecondaryIndexes(table.globalSecondaryIndexes().stream()
                .map(index -> {
                    ProvisionedThroughput units = index.provisionedThroughput();
                    if (!provisioned) {
                        return index.withThroughput(null);
                    }
                    return units == null ? index.withThroughput(table.provisionedThroughput()) : index;
                })
                .toList());
    }

    private void takeTimeToLive() {
        TimeToLiveChange last = table.details().timeToLive();
        TimeToLiveChange change = theirs.details().timeToLive();
        Instant time = change == null ? context.now() : change.time();
        if (last != null && !time.isAfter(last.time())) {
            time = last.time().plus(1, ChronoUnit.MICROS);
        }
        table = new TableUpdates(table)
                .timeToLive(theirs.ttlAttribute())
                .details(table.details().withTimeToLive(new TimeToLiveChange(time, theirs.ttlAttribute() != null)))
                .build();
    }

    private void mergeIndex(String name) {
        if (!other.indexVersion(name).isAfter(global.indexVersion(name))) {
            return;
        }
        Optional<IndexDefinition> own = maintained(table, name);
        Optional<IndexDefinition> wanted = maintained(theirs, name).filter(index -> winsItsAttributes(name, index));
        boolean same = own.isPresent()
                && wanted.isPresent()
                && own.get().key().equals(wanted.get().key())
                && own.get().projection().equals(wanted.get().projection());
        if (!same) {
            TableUpdates updates = new TableUpdates(table);
            own.ifPresent(index -> updates.indexStatus(index.id(), IndexStatus.DELETING));
            wanted.ifPresent(index -> add(index, updates));
            table = updates.definedTypes().build();
        }
        global = global.withIndex(name, other.indexVersion(name));
    }

    private void add(IndexDefinition index, TableUpdates updates) {
        int id = context.newId();
        updates.addIndex(new IndexDefinition(
                id,
                index.name(),
                index.key(),
                index.projection(),
                index.provisionedThroughput(),
                IndexStatus.BACKFILLING));
        Map<Integer, CapacityDetails> capacity = new HashMap<>(table.details().indexCapacity());
        capacity.put(id, theirs.details().capacity(index));
        updates.details(table.details().withIndexCapacity(capacity));
    }

    /**
     * Two regions may make indexes at a time whose keys give one attribute two types. The one that was made later stays, in all
     * regions alike.
     */
    private boolean winsItsAttributes(String name, IndexDefinition index) {
        for (IndexDefinition present : table.maintainedGlobalIndexes()) {
            if (!present.name().equals(name) && contradict(index, present)) {
                if (global.indexVersion(present.name()).isAfter(other.indexVersion(name))) {
                    return false;
                }
                table = new TableUpdates(table)
                        .indexStatus(present.id(), IndexStatus.DELETING)
                        .build();
            }
        }
        return true;
    }

    private static boolean contradict(IndexDefinition one, IndexDefinition other) {
        for (KeyAttribute attribute : one.key().attributes()) {
            for (KeyAttribute present : other.key().attributes()) {
                if (attribute.name().equals(present.name()) && attribute.type() != present.type()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Optional<IndexDefinition> maintained(TableDefinition table, String name) {
        return table.maintainedGlobalIndexes().stream()
                .filter(index -> index.name().equals(name))
                .findFirst();
    }
}
