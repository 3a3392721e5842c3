package io.tailrace.schemas.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What most tables have nothing of.
 *
 * @param transition the status that the table has for a while, or had; null for none
 * @param tableClassChanges when the class was changed, as far back as it matters, the last one last
 * @param onDemandSwitches when the billing mode was changed to on-demand, likewise
 * @param indexCapacity of the global secondary indexes that have any, by their ids
 * @param timeToLive its last change; null for none
 * @param streamShards of the enabled stream; null for none, and for a stream of a release that noted nothing of it
 * @param globalTable null when the table never was part of one; see {@link TableDefinition#isGlobal}
 */
public record TableDetails(
        TableTransition transition,
        TableClass tableClass,
        List<Instant> tableClassChanges,
        List<Instant> onDemandSwitches,
        CapacityDetails capacity,
        Map<Integer, CapacityDetails> indexCapacity,
        TimeToLiveChange timeToLive,
        StreamShards streamShards,
        GlobalTable globalTable) {
    public static final TableDetails NONE = new TableDetails(
            null, TableClass.STANDARD, List.of(), List.of(), CapacityDetails.NONE, Map.of(), null, null, null);

    public TableDetails {
        Objects.requireNonNull(tableClass);
        Objects.requireNonNull(capacity);
        tableClassChanges = micros(tableClassChanges);
        onDemandSwitches = micros(onDemandSwitches);
        Map<Integer, CapacityDetails> ofIndexes = new TreeMap<>(indexCapacity);
        ofIndexes.values().removeIf(CapacityDetails.NONE::equals);
        indexCapacity = Collections.unmodifiableMap(ofIndexes);
    }

    private static List<Instant> micros(List<Instant> times) {
        return times.stream().map(time -> time.truncatedTo(ChronoUnit.MICROS)).toList();
    }

    public CapacityDetails capacity(IndexDefinition index) {
        return indexCapacity.getOrDefault(index.id(), CapacityDetails.NONE);
    }

    /** @param newTransition null for none */
    public TableDetails withTransition(TableTransition newTransition) {
        return new TableDetails(
                newTransition,
                tableClass,
                tableClassChanges,
                onDemandSwitches,
                capacity,
                indexCapacity,
                timeToLive,
                streamShards,
                globalTable);
    }

    public TableDetails withTableClass(TableClass newClass, List<Instant> changes) {
        return new TableDetails(
                transition,
                newClass,
                changes,
                onDemandSwitches,
                capacity,
                indexCapacity,
                timeToLive,
                streamShards,
                globalTable);
    }

    public TableDetails withOnDemandSwitches(List<Instant> switches) {
        return new TableDetails(
                transition,
                tableClass,
                tableClassChanges,
                switches,
                capacity,
                indexCapacity,
                timeToLive,
                streamShards,
                globalTable);
    }

    public TableDetails withCapacity(CapacityDetails newCapacity) {
        return new TableDetails(
                transition,
                tableClass,
                tableClassChanges,
                onDemandSwitches,
                newCapacity,
                indexCapacity,
                timeToLive,
                streamShards,
                globalTable);
    }

    public TableDetails withIndexCapacity(Map<Integer, CapacityDetails> newCapacity) {
        return new TableDetails(
                transition,
                tableClass,
                tableClassChanges,
                onDemandSwitches,
                capacity,
                newCapacity,
                timeToLive,
                streamShards,
                globalTable);
    }

    public TableDetails withTimeToLive(TimeToLiveChange change) {
        return new TableDetails(
                transition,
                tableClass,
                tableClassChanges,
                onDemandSwitches,
                capacity,
                indexCapacity,
                change,
                streamShards,
                globalTable);
    }

    /** @param newShards null when no stream is enabled */
    public TableDetails withStreamShards(StreamShards newShards) {
        return new TableDetails(
                transition,
                tableClass,
                tableClassChanges,
                onDemandSwitches,
                capacity,
                indexCapacity,
                timeToLive,
                newShards,
                globalTable);
    }

    /** @param newGlobalTable null for none */
    public TableDetails withGlobalTable(GlobalTable newGlobalTable) {
        return new TableDetails(
                transition,
                tableClass,
                tableClassChanges,
                onDemandSwitches,
                capacity,
                indexCapacity,
                timeToLive,
                streamShards,
                newGlobalTable);
    }

    /** How many partitions of its topic the enabled stream uses; 0 for as many as the settings say. */
    public int streamPartitions() {
        return streamShards == null ? 0 : streamShards.partitions();
    }

    /** Whether the table's items are being told again for time to live. */
    public boolean isTimeToLiveBackfilling() {
        return timeToLive != null && timeToLive.backfilling();
    }
}
