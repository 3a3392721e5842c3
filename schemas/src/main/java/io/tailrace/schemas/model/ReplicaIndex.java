package io.tailrace.schemas.model;

import java.util.Objects;

/**
 * What a replica has differently in one of its global secondary indexes.
 *
 * @param readCapacityUnits null for as many as the others have
 * @param maxReadRequestUnits null for as many as the others have
 */
public record ReplicaIndex(String name, Long readCapacityUnits, Long maxReadRequestUnits) {
    public ReplicaIndex {
        Objects.requireNonNull(name);
    }
}
