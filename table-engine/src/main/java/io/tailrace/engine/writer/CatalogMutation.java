package io.tailrace.engine.writer;

import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.TableDefinition;
import java.util.Objects;

/**
 * A table is created, updated or deleted.
 *
 * @param table the definition after the change; of a deleted table, the last
 */
public record CatalogMutation(CatalogChange.Action action, TableDefinition table) implements Mutation {
    public CatalogMutation {
        Objects.requireNonNull(action);
        Objects.requireNonNull(table);
    }
}
