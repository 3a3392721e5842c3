package io.tailrace.schemas.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a replica has differently from the others of its global table.
 *
 * @param readCapacityUnits null for as many as the others have
 * @param maxReadRequestUnits null for as many as the others have
 * @param tableClass null for that of the others
 * @param indexes only those that have something differently
 */
public record ReplicaSettings(
        Long readCapacityUnits, Long maxReadRequestUnits, TableClass tableClass, List<ReplicaIndex> indexes) {
    /** Nothing. */
    public static final ReplicaSettings NONE = new ReplicaSettings(null, null, null, List.of());

    public ReplicaSettings {
        indexes = List.copyOf(indexes);
    }

    public Optional<ReplicaIndex> index(String name) {
        return indexes.stream().filter(index -> index.name().equals(name)).findFirst();
    }

    /** With this in place of what there was of the index of that name. */
    public ReplicaSettings withIndex(ReplicaIndex changed) {
        List<ReplicaIndex> others = new ArrayList<>(indexes);
        others.removeIf(index -> index.name().equals(changed.name()));
        if (changed.readCapacityUnits() != null || changed.maxReadRequestUnits() != null) {
            others.add(changed);
        }
        return new ReplicaSettings(readCapacityUnits, maxReadRequestUnits, tableClass, others);
    }

    /** Without what is about units that are provisioned: for when the table is on demand. */
    public ReplicaSettings withoutProvisioned() {
        return new ReplicaSettings(
                null,
                maxReadRequestUnits,
                tableClass,
                indexes.stream()
                        .filter(index -> index.maxReadRequestUnits() != null)
                        .map(index -> new ReplicaIndex(index.name(), null, index.maxReadRequestUnits()))
                        .toList());
    }
}
