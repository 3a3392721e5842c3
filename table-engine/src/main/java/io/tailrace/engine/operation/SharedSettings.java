package io.tailrace.engine.operation;

import io.tailrace.engine.writer.PlanContext;
import io.tailrace.schemas.model.CapacityDetails;
import io.tailrace.schemas.model.GlobalTable;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.OnDemandMaximum;
import io.tailrace.schemas.model.ProvisionedThroughput;
import io.tailrace.schemas.model.Replica;
import io.tailrace.schemas.model.ReplicaSettings;
import io.tailrace.schemas.model.SharedSetting;
import io.tailrace.schemas.model.TableDefinition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What all replicas of a global table have alike: the capacity, time to live, the table class and the global secondary indexes.
 * A change in one region is told to the others with a version; of several the latest counts. (Developer Guide, "Global tables
 * core concepts", settings.)
 */
final class SharedSettings {
    /** The capacity of a table and of its indexes by name, as far as it is shared. */
    private record Capacity(
            ProvisionedThroughput units, OnDemandMaximum maximum, Map<String, IndexCapacity> ofIndexes) {
        static Capacity of(TableDefinition table, Set<String> indexNames) {
            Map<String, IndexCapacity> ofIndexes = new HashMap<>();
            for (IndexDefinition index : table.maintainedGlobalIndexes()) {
                if (indexNames.contains(index.name())) {
                    CapacityDetails details = table.details().capacity(index);
                    ofIndexes.put(index.name(), new IndexCapacity(index.provisionedThroughput(), details.maximum()));
                }
            }
            return new Capacity(
                    table.provisionedThroughput(), table.details().capacity().maximum(), ofIndexes);
        }
    }

    private record IndexCapacity(ProvisionedThroughput units, OnDemandMaximum maximum) {}

    private SharedSettings() {}

    /** The table after a request of this region's, with the versions of what the request changed. */
    static TableDefinition versioned(TableDefinition before, TableDefinition after, PlanContext context) {
        if (!after.isGlobal()) {
            return after;
        }
        GlobalTable global = after.details().globalTable();
        Set<String> names = names(before);
        Set<String> changed = new HashSet<>(names);
        changed.addAll(names(after));
        for (String name : changed) {
            if (names.contains(name) != names(after).contains(name)) {
                global = global.withIndex(name, GlobalTables.next(global.indexVersion(name), context));
            }
        }
        names.retainAll(names(after));
        if (!Capacity.of(before, names).equals(Capacity.of(after, names))) {
            global = versioned(global, SharedSetting.CAPACITY, context);
            if (!Objects.equals(before.provisionedThroughput(), after.provisionedThroughput())) {
                global = withoutOwnUnits(global, context);
            }
        }
        if (!Objects.equals(before.ttlAttribute(), after.ttlAttribute())) {
            global = versioned(global, SharedSetting.TIME_TO_LIVE, context);
        }
        if (before.details().tableClass() != after.details().tableClass()) {
            global = versioned(global, SharedSetting.TABLE_CLASS, context);
        }
        return after.withDetails(after.details().withGlobalTable(global));
    }

    private static GlobalTable versioned(GlobalTable global, SharedSetting setting, PlanContext context) {
        return global.withSetting(setting, GlobalTables.next(global.version(setting), context));
    }

    /** What is set in a region holds there, too: nothing of its own is left that would be in the way. */
    private static GlobalTable withoutOwnUnits(GlobalTable global, PlanContext context) {
        Replica own = global.replica(context.region()).orElseThrow();
        ReplicaSettings settings = own.settings();
        return settings.readCapacityUnits() == null
                ? global
                : global.with(own.withSettings(
                        GlobalTables.next(own.changed(), context),
                        new ReplicaSettings(
                                null, settings.maxReadRequestUnits(), settings.tableClass(), settings.indexes())));
    }

    /** The names of the indexes that there are to be. */
    static Set<String> names(TableDefinition table) {
        return table.maintainedGlobalIndexes().stream()
                .map(IndexDefinition::name)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
