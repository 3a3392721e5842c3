package io.tailrace.schemas.model;

import java.util.Objects;

/**
 * A secondary index.
 *
 * @param id unique among all tables and indexes of an engine, never reused
 * @param provisionedThroughput null for on-demand tables and for local indexes
 * @param status ACTIVE for local indexes
 */
public record IndexDefinition(
        int id,
        String name,
        KeySchema key,
        Projection projection,
        ProvisionedThroughput provisionedThroughput,
        IndexStatus status) {
    public IndexDefinition {
        Objects.requireNonNull(name);
        Objects.requireNonNull(key);
        Objects.requireNonNull(projection);
        Objects.requireNonNull(status);
    }

    /** An active index, as it is when it was created with its table. */
    public IndexDefinition(
            int id, String name, KeySchema key, Projection projection, ProvisionedThroughput provisionedThroughput) {
        this(id, name, key, projection, provisionedThroughput, IndexStatus.ACTIVE);
    }

    public IndexDefinition withStatus(IndexStatus newStatus) {
        return new IndexDefinition(id, name, key, projection, provisionedThroughput, newStatus);
    }

    /** @param newThroughput null for on-demand tables */
    public IndexDefinition withThroughput(ProvisionedThroughput newThroughput) {
        return new IndexDefinition(id, name, key, projection, newThroughput, status);
    }

    /** Whether writes of the table's items change it: in every state but the last. */
    public boolean isMaintained() {
        return status != IndexStatus.DELETING;
    }
}
