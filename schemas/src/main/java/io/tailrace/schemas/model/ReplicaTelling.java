package io.tailrace.schemas.model;

import java.util.Objects;

/**
 * That a region tells all that it knows of a global table to a replica that was added.
 *
 * @param region the replica's
 * @param created which creation of it
 * @param done whether all has been told
 */
public record ReplicaTelling(String region, ItemVersion created, boolean done) {
    public ReplicaTelling {
        Objects.requireNonNull(region);
        Objects.requireNonNull(created);
    }
}
