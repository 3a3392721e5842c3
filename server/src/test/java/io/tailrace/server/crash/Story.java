package io.tailrace.server.crash;

import io.tailrace.engine.catalog.Catalog;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TimeToLive;
import io.tailrace.schemas.model.UserIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The journal, or the mutations topic, from its first commit on, as a story that must make sense: each item's images chained,
 * each change what a client asked for and allowed by its condition, transactions whole.
 */
final class Story {
    /** An item that went, and nothing in the journal says by which request. */
    record Removal(Slot slot, int version) {}

    private record Touched(Slot slot, Item before, Item after) {}

    private final History history;
    private final Problems problems;
    private final CatalogStory tables;
    private final Map<Integer, Write> writes = new HashMap<>();
    private final Map<Integer, Request> requests = new HashMap<>();
    private final Map<Slot, Item> contents = new HashMap<>();
    private final Map<Slot, Versions> versions = new HashMap<>();
    /** By the write's id, the version that it made. */
    private final Map<Integer, Integer> versionOf = new HashMap<>();

    private final List<Removal> removals = new ArrayList<>();
    private long lastSequence;
    private long mutations;
    private Catalog catalog = Catalog.EMPTY;

    Story(History history, Problems problems) {
        this.history = history;
        this.problems = problems;
        this.tables = new CatalogStory(history, problems);
        for (Request request : history.requests()) {
            for (Write write : request.writes()) {
                writes.put(write.id(), write);
                requests.put(write.id(), request);
            }
        }
    }

    /** The next commit. The topics do not have those without changes, so that there numbers may be missing. */
    void accept(long sequence, List<ChangeRecord> records) {
        lastSequence = sequence;
        List<Touched> touched = new ArrayList<>();
        Request transaction = null;
        for (ChangeRecord record : records) {
            mutations++;
            if (record.change() instanceof CatalogChange change) {
                accept(change);
            } else {
                Touched item = accept(record, (ItemChange) record.change());
                if (item != null) {
                    touched.add(item);
                    Request by = requests.get(Effect.id(item.after()));
                    transaction = by != null && by.kind() == Request.Kind.TRANSACTION ? by : transaction;
                }
            }
        }
        if (transaction != null) {
            checkWhole(transaction, touched);
        } else {
            touched.stream()
                    .filter(item -> item.after() == null)
                    .forEach(item -> removals.add(
                            new Removal(item.slot(), versions(item.slot()).count() - 1)));
        }
    }

    void finish() {
        tables.finish();
    }

    /** What is in the tables in the end. */
    Map<Slot, Item> contents() {
        return contents;
    }

    /** The tables in the end. */
    Catalog catalog() {
        return catalog;
    }

    long lastSequence() {
        return lastSequence;
    }

    long mutations() {
        return mutations;
    }

    Versions versions(Slot slot) {
        return versions.computeIfAbsent(slot, none -> new Versions());
    }

    /** The version that this write made; null when the journal does not have it. */
    Integer versionOf(int id) {
        return versionOf.get(id);
    }

    /** In the order of the journal; those of time to live are not among them. */
    List<Removal> removals() {
        return removals;
    }

    private void accept(CatalogChange change) {
        tables.accept(change, catalog.table(change.tableId()).orElse(null), lastSequence);
        catalog = catalog.apply(change);
        if (change.action() == CatalogChange.Action.DELETE_TABLE) {
            contents.keySet()
                    .removeIf(slot -> slot.table().name().equals(change.table().name()));
        }
    }

    /** @return null when nothing happened to an item of ours */
    private Touched accept(ChangeRecord record, ItemChange change) {
        Slot slot = history.slot(change.tableName(), change.keys()).orElse(null);
        if (slot == null) {
            problems.add("commit %d has an item that nobody wrote: %s", lastSequence, change);
            return null;
        }
        Item before = contents.get(slot);
        if (!Objects.equals(before, change.oldImage())) {
            problems.add(
                    "commit %d of %s has the old image %s after %s", lastSequence, slot, change.oldImage(), before);
        }
        if (change.isBackfill()) {
            return null;
        }
        Item after = change.newImage();
        if (after == null) {
            contents.remove(slot);
            versions(slot).add(lastSequence, 0, 0);
            if (record.userIdentity() != null) {
                checkExpired(record, change);
                return null;
            }
        } else {
            contents.put(slot, after);
            int version = versions(slot).add(lastSequence, Effect.id(after), after.hashCode());
            checkWritten(slot, before, after, version);
        }
        return new Touched(slot, before, after);
    }

    private void checkWritten(Slot slot, Item before, Item after, int version) {
        int id = Effect.id(after);
        Write write = writes.get(id);
        if (write == null || !write.slot().equals(slot)) {
            problems.add("commit %d leaves at %s what nobody wrote: %s", lastSequence, slot, after);
            return;
        }
        if (versionOf.put(id, version) != null) {
            problems.add("commit %d is a second one of %s", lastSequence, write);
        }
        if (requests.get(id).outcome() == Request.Outcome.REFUSED) {
            problems.add("commit %d was refused: %s", lastSequence, requests.get(id));
        }
        if (!write.condition().holds(before)) {
            problems.add("commit %d: the condition of %s does not hold for %s", lastSequence, write, before);
        }
        Item expected = write.effect().apply(slot, before);
        if (!after.equals(expected)) {
            problems.add("commit %d makes %s of %s, and should make %s", lastSequence, after, before, expected);
        }
    }

    private void checkWhole(Request transaction, List<Touched> touched) {
        Map<Slot, Touched> rest = new HashMap<>();
        touched.forEach(item -> rest.put(item.slot(), item));
        for (Write write : transaction.writes()) {
            Touched item = rest.remove(write.slot());
            Item before = item == null ? contents.get(write.slot()) : item.before();
            Item expected = write.isCheck() ? before : write.effect().apply(write.slot(), before);
            if (!write.condition().holds(before)) {
                problems.add("commit %d: the condition of %s does not hold for %s", lastSequence, write, before);
            }
            if (!Objects.equals(item == null ? before : item.after(), expected)) {
                problems.add("commit %d has %s where %s belongs to %s", lastSequence, item, write, transaction);
            }
            if (write.isDelete() && item != null) {
                versionOf.put(write.id(), versions(write.slot()).count() - 1);
            }
        }
        if (!rest.isEmpty()) {
            problems.add("commit %d has %s beside %s", lastSequence, rest.values(), transaction);
        }
    }

    private void checkExpired(ChangeRecord record, ItemChange change) {
        if (!record.userIdentity().equals(UserIdentity.TIME_TO_LIVE)
                || !TimeToLive.hasExpired(change.oldImage(), TableChanger.EXPIRY, record.commitTime())) {
            problems.add("commit %d deletes what has not expired: %s", lastSequence, record);
        }
    }
}
