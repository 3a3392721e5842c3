package io.tailrace.engine.catalog;

import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TableStatus;
import io.tailrace.schemas.model.TableTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All tables at one moment. Immutable; {@link #apply} makes the next one and cannot fail. */
public final class Catalog {
    /** Of one table name. More are forgotten, the earliest first. */
    private static final int MAX_GONE_REPLICAS = 16;

    /** Without tables. */
    public static final Catalog EMPTY = new Catalog(Collections.emptySortedMap(), Map.of(), Map.of(), 1);

    private final SortedMap<String, TableDefinition> byName;
    private final Map<Integer, TableDefinition> byId;
    /** By the names of tables: the global tables that they were replicas of and are not any more, the latest last. */
    private final Map<String, List<TableDefinition>> goneReplicas;

    private final int nextId;
    /** When the first of the tables that are being deleted is to go; null while there is none. */
    private final Instant nextDeletion;

    private Catalog(
            SortedMap<String, TableDefinition> byName,
            Map<Integer, TableDefinition> byId,
            Map<String, List<TableDefinition>> goneReplicas,
            int nextId) {
        this.goneReplicas = Collections.unmodifiableMap(goneReplicas);
        this.byName = Collections.unmodifiableSortedMap(byName);
        this.byId = Collections.unmodifiableMap(byId);
        this.nextId = nextId;
        this.nextDeletion = byId.values().stream()
                .map(table -> table.details().transition())
                .filter(transition -> transition != null && transition.status() == TableStatus.DELETING)
                .map(TableTransition::end)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** A catalog as it was stored. */
    public static Catalog of(Collection<TableDefinition> tables, int nextId) {
        SortedMap<String, TableDefinition> byName = new TreeMap<>();
        Map<Integer, TableDefinition> byId = new HashMap<>();
        int next = nextId;
        for (TableDefinition table : tables) {
            byName.put(table.name(), table);
            byId.put(table.id(), table);
            next = Math.max(next, highestId(table) + 1);
        }
        return new Catalog(byName, byId, Map.of(), next);
    }

    /** The same, knowing of replicas that were deleted, each as it was last. */
    public Catalog withGoneReplicas(List<TableDefinition> gone) {
        Map<String, List<TableDefinition>> byTable = new HashMap<>();
        gone.stream()
                .sorted(Comparator.comparing(Catalog::since))
                .forEach(table -> byTable.merge(table.name(), List.of(table), Catalog::latest));
        return new Catalog(byName, byId, byTable, nextId);
    }

    /**
     * What tables of this name were when they were last replicas of global tables that they are no replicas of any more; of
     * many, the latest. Other regions may go on for a while to say that these are to be created.
     */
    public List<TableDefinition> goneReplicas(String tableName) {
        return goneReplicas.getOrDefault(tableName, List.of());
    }

    private static Instant since(TableDefinition table) {
        return table.details().globalTable().since();
    }

    private static List<TableDefinition> latest(List<TableDefinition> known, List<TableDefinition> more) {
        List<TableDefinition> all = new ArrayList<>(known);
        for (TableDefinition table : more) {
            String id = table.details().globalTable().id();
            all.removeIf(other -> other.details().globalTable().id().equals(id));
            all.add(table);
        }
        return List.copyOf(all.subList(Math.max(0, all.size() - MAX_GONE_REPLICAS), all.size()));
    }

    public Optional<TableDefinition> table(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Optional<TableDefinition> table(int id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All tables in the order of their names. */
    public Collection<TableDefinition> tables() {
        return byName.values();
    }

    /** The tables that were being deleted and that are to go. */
    public List<TableDefinition> gone(Instant now) {
        return nextDeletion == null || now.isBefore(nextDeletion)
                ? List.of()
                : byId.values().stream()
                        .filter(table -> table.isGone(now))
                        .sorted(Comparator.comparingInt(TableDefinition::id))
                        .toList();
    }

    /** The smallest id that no table or index ever had. */
    public int nextId() {
        return nextId;
    }

    /** The catalog after the change. Deleting an unknown table changes nothing. */
    public Catalog apply(CatalogChange change) {
        SortedMap<String, TableDefinition> names = new TreeMap<>(byName);
        Map<Integer, TableDefinition> ids = new HashMap<>(byId);
        Map<String, List<TableDefinition>> gone = goneReplicas;
        TableDefinition ended = endedReplica(change);
        if (ended != null) {
            gone = new HashMap<>(goneReplicas);
            gone.merge(ended.name(), List.of(ended), Catalog::latest);
        }
        TableDefinition table = change.table();
        switch (change.action()) {
            case CREATE_TABLE, UPDATE_TABLE -> {
                names.put(table.name(), table);
                ids.put(table.id(), table);
            }
            case DELETE_TABLE -> {
                names.computeIfPresent(table.name(), (name, found) -> found.id() == table.id() ? null : found);
                ids.remove(table.id());
            }
        }
        return new Catalog(names, ids, gone, Math.max(nextId, highestId(table) + 1));
    }

    /** The table that is deleted, or becomes the replica of another global table, if it was one; else null. */
    private TableDefinition endedReplica(CatalogChange change) {
        TableDefinition after = change.table();
        if (change.action() == CatalogChange.Action.DELETE_TABLE) {
            return after.details().globalTable() == null ? null : after;
        }
        TableDefinition before = byId.get(after.id());
        boolean ends = before != null
                && before.details().globalTable() != null
                && (after.details().globalTable() == null
                        || !before.details()
                                .globalTable()
                                .id()
                                .equals(after.details().globalTable().id()));
        return ends ? before : null;
    }

    private static int highestId(TableDefinition table) {
        int highest = table.id();
        for (IndexDefinition index : table.localSecondaryIndexes()) {
            highest = Math.max(highest, index.id());
        }
        for (IndexDefinition index : table.globalSecondaryIndexes()) {
            highest = Math.max(highest, index.id());
        }
        return highest;
    }
}
