package io.tailrace.schemas.model;

import java.util.Objects;

/**
 * A secondary index.
 *
 * @param id unique among all tables and indexes of an engine, never reused
 * @param provisionedThroughput null for on-demand tables and for local indexes
 */
public record IndexDefinition(
        int id, String name, KeySchema key, Projection projection, ProvisionedThroughput provisionedThroughput) {
    public IndexDefinition {
        Objects.requireNonNull(name);
        Objects.requireNonNull(key);
        Objects.requireNonNull(projection);
    }
}
