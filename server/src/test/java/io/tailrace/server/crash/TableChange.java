package io.tailrace.server.crash;

import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.TableDefinition;
import java.util.function.Predicate;

/** A change of a table that a client asked for; those of one table are asked for one after the other. */
final class TableChange {
    private final String table;
    private final CatalogChange.Action action;
    private final String what;
    private final Predicate<TableDefinition> after;
    private volatile Request.Outcome outcome = Request.Outcome.UNDECIDED;

    /** @param after what the definition must be like afterwards */
    TableChange(String table, CatalogChange.Action action, String what, Predicate<TableDefinition> after) {
        this.table = table;
        this.action = action;
        this.what = what;
        this.after = after;
    }

    void finish(Request.Outcome known) {
        outcome = known;
    }

    String table() {
        return table;
    }

    CatalogChange.Action action() {
        return action;
    }

    Request.Outcome outcome() {
        return outcome;
    }

    /** Whether an entry of the journal may be this change. */
    boolean fits(CatalogChange.Action found, TableDefinition definition) {
        return found == action && after.test(definition);
    }

    @Override
    public String toString() {
        return what + " of " + table + " (" + outcome + ")";
    }
}
