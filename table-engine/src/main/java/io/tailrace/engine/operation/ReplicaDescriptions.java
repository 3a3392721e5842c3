package io.tailrace.engine.operation;

import io.tailrace.engine.error.ReplicaErrorMessages;
import io.tailrace.schemas.model.GlobalTable;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.OnDemandMaximum;
import io.tailrace.schemas.model.ProvisionedThroughput;
import io.tailrace.schemas.model.Replica;
import io.tailrace.schemas.model.ReplicaIndex;
import io.tailrace.schemas.model.ReplicaSettings;
import io.tailrace.schemas.model.ReplicaStatus;
import io.tailrace.schemas.model.TableClass;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Describes a table as one region has it: its replicas in other regions, and what the region has differently from what all
 * have alike. A region shows of another one only what that one has differently from itself. (API Reference,
 * ReplicaDescription.)
 */
final class ReplicaDescriptions {
    /** The only version of global tables that can be made. */
    static final String VERSION = "2019.11.21";

    private final TableDefinition table;
    private final String here;
    private final ReplicaSettings own;

    ReplicaDescriptions(TableDefinition table, String here) {
        this.table = table;
        this.here = here;
        GlobalTable global = table.details().globalTable();
        own = global == null || !global.inForce()
                ? ReplicaSettings.NONE
                : global.replica(here).map(Replica::settings).orElse(ReplicaSettings.NONE);
    }

    /** The replicas in other regions, those that could not be created too; null when there are none. */
    List<ReplicaDescription> replicas() {
        GlobalTable global = table.details().globalTable();
        if (global == null || global.replica(here).filter(Replica::isLive).isEmpty()) {
            return null;
        }
        List<ReplicaDescription> descriptions = new ArrayList<>();
        for (Replica replica : global.replicas()) {
            boolean shown = replica.status() == ReplicaStatus.CREATION_FAILED
                    || (global.inForce() && replica.status() != ReplicaStatus.DELETED);
            if (shown && !replica.region().equals(here)) {
                descriptions.add(describe(replica));
            }
        }
        return descriptions.isEmpty() ? null : descriptions;
    }

    private ReplicaDescription describe(Replica replica) {
        ReplicaSettings settings = replica.settings();
        List<ReplicaIndexOverride> indexes = new ArrayList<>();
        for (IndexDefinition index : table.maintainedGlobalIndexes()) {
            indexes.add(new ReplicaIndexOverride(
                    index.name(),
                    difference(readUnits(settings, index), readUnits(own, index)),
                    difference(maxReads(settings, index), maxReads(own, index))));
        }
        return new ReplicaDescription(
                replica.region(),
                replica.status().name(),
                replica.status() == ReplicaStatus.CREATION_FAILED
                        ? ReplicaErrorMessages.replicaExists(table.name())
                        : null,
                difference(readUnits(settings), readUnits(own)),
                difference(maxReads(settings), maxReads(own)),
                indexes.isEmpty() ? null : indexes,
                settings.tableClass() == null
                        ? null
                        : new TableClassSummary(settings.tableClass().name(), null));
    }

    private static Long difference(Long theirs, Long ours) {
        return Objects.equals(theirs, ours) ? null : theirs;
    }

    /** The table's units here; null for on-demand. */
    ProvisionedThroughput throughput() {
        ProvisionedThroughput units = table.provisionedThroughput();
        return units == null ? null : new ProvisionedThroughput(readUnits(own), units.writeCapacityUnits());
    }

    /** An index's units here; null for on-demand. */
    ProvisionedThroughput throughput(IndexDefinition index) {
        ProvisionedThroughput units = index.provisionedThroughput();
        return units == null ? null : new ProvisionedThroughput(readUnits(own, index), units.writeCapacityUnits());
    }

    /** The table's maximum here; null for none. */
    OnDemandMaximum maximum() {
        return maximum(table.details().capacity().maximum(), maxReads(own));
    }

    /** An index's maximum here; null for none. */
    OnDemandMaximum maximum(IndexDefinition index) {
        return maximum(table.details().capacity(index).maximum(), maxReads(own, index));
    }

    TableClass tableClass() {
        return own.tableClass() == null ? table.details().tableClass() : own.tableClass();
    }

    private static OnDemandMaximum maximum(OnDemandMaximum shared, Long reads) {
        Long writes = shared == null ? null : shared.writeRequestUnits();
        return reads == null && writes == null ? null : new OnDemandMaximum(reads, writes);
    }

    private Long readUnits(ReplicaSettings settings) {
        ProvisionedThroughput units = table.provisionedThroughput();
        if (units == null) {
            return null;
        }
        return settings.readCapacityUnits() == null ? (Long) units.readCapacityUnits() : settings.readCapacityUnits();
    }

    private static Long readUnits(ReplicaSettings settings, IndexDefinition index) {
        ProvisionedThroughput units = index.provisionedThroughput();
        if (units == null) {
            return null;
        }
        Long different = settings.index(index.name())
                .map(ReplicaIndex::readCapacityUnits)
                .orElse(null);
        return different == null ? (Long) units.readCapacityUnits() : different;
    }

    private Long maxReads(ReplicaSettings settings) {
        return settings.maxReadRequestUnits() == null
                ? reads(table.details().capacity().maximum())
                : settings.maxReadRequestUnits();
    }

    private Long maxReads(ReplicaSettings settings, IndexDefinition index) {
        Long different = settings.index(index.name())
                .map(ReplicaIndex::maxReadRequestUnits)
                .orElse(null);
        return different == null ? reads(table.details().capacity(index).maximum()) : different;
    }

    private static Long reads(OnDemandMaximum maximum) {
        return maximum == null ? null : maximum.readRequestUnits();
    }
}
