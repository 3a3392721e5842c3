package io.tailrace.engine.partiql;

import java.util.Objects;
import java.util.Optional;

/** What a statement is about: a table or one of its indexes. */
public record TableName(String table, Optional<String> index) {
    public TableName {
        Objects.requireNonNull(table);
        Objects.requireNonNull(index);
    }
}
