package io.tailrace.server.crash;

import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The changes of tables in the journal beside those that clients asked for, table by table and in order: each that was
 * acknowledged is there once, and what nobody asked for is an index, or time to live, on its way.
 */
final class CatalogStory {
    private final Problems problems;
    private final Map<String, Deque<TableChange>> asked = new HashMap<>();

    CatalogStory(History history, Problems problems) {
        this.problems = problems;
        for (TableChange change : history.tableChanges()) {
            if (change.outcome() != Request.Outcome.REFUSED) {
                asked.computeIfAbsent(change.table(), none -> new ArrayDeque<>())
                        .add(change);
            }
        }
    }

    /** @param before null for a table that was created */
    void accept(CatalogChange change, TableDefinition before, long sequence) {
        TableDefinition table = change.table();
        Deque<TableChange> expected = asked.getOrDefault(table.name(), new ArrayDeque<>());
        // What was left without an answer may be missing; what was acknowledged may not.
        List<TableChange> passed = new ArrayList<>();
        TableChange found = null;
        for (TableChange next : expected) {
            passed.add(next);
            // The last that fits: what had no answer was asked for again after the restart, if it had not happened.
            if (brings(next, change.action(), before, table)) {
                found = next;
            }
            if (next.outcome() == Request.Outcome.DONE) {
                break;
            }
        }
        if (found != null) {
            passed.subList(0, passed.indexOf(found) + 1).forEach(expected::remove);
        } else if (before == null
                || change.action() != CatalogChange.Action.UPDATE_TABLE
                || !isOnItsWay(before, table)) {
            problems.add(
                    "commit %d changes a table as nobody asked: %s; next was %s", sequence, change, expected.peek());
        }
    }

    /** Whether the table is as it was asked to be by this change, and was not before. */
    private static boolean brings(
            TableChange change, CatalogChange.Action action, TableDefinition before, TableDefinition after) {
        boolean wasSo = action == CatalogChange.Action.UPDATE_TABLE && before != null && change.fits(action, before);
        return change.fits(action, after) && !wasSo;
    }

    /** An index and time to live go through their states by themselves; the rest is as it was. */
    private static boolean isOnItsWay(TableDefinition before, TableDefinition after) {
        return Objects.equals(before.stream(), after.stream())
                && Objects.equals(before.ttlAttribute(), after.ttlAttribute())
                && before.tags().equals(after.tags())
                && before.key().equals(after.key())
                && before.localSecondaryIndexes().equals(after.localSecondaryIndexes());
    }

    void finish() {
        asked.values().stream()
                .flatMap(Deque::stream)
                .filter(change -> change.outcome() == Request.Outcome.DONE)
                .forEach(change -> problems.add("the journal does not have the acknowledged %s", change));
    }
}
