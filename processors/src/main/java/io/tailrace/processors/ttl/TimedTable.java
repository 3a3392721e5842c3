package io.tailrace.processors.ttl;

import io.tailrace.schemas.model.TableDefinition;
import java.util.Objects;

/**
 * A table as the log has told of it.
 *
 * @param sequence of the commit that made the definition
 * @param generation of the commit that switched time to live on by the present attribute, or had the items told again; {@link #OFF} while it is off
 */
record TimedTable(TableDefinition definition, long sequence, long generation) {
    /** No commit has this number. */
    static final long OFF = 0;

    TimedTable {
        Objects.requireNonNull(definition);
    }

    boolean isOn() {
        return generation != OFF;
    }

    int id() {
        return definition.id();
    }
}
