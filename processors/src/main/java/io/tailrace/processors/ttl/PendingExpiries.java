package io.tailrace.processors.ttl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * One partition's store of pending expiries, with little in memory: for each table whose time to live is on, where its first
 * entry may be at the earliest, so that a table is looked at only when something may be due and deleted entries are not walked
 * over again; and which generations are being forgotten.
 */
final class PendingExpiries {
    /** What is done with an entry that is due. */
    interface Visitor {
        /** Whether the entry counts, rather than having been visited before. */
        boolean visit(TimedTable table, Bytes key, byte[] itemKey);
    }

    private static final class Generation {
        private TimedTable table;
        /** No entry is before this; expires at once when nothing is known. */
        private Bytes from;

        Generation(TimedTable table) {
            this.table = table;
            from = PendingKey.at(table.id(), table.generation(), 0);
        }

        Bytes end() {
            return PendingKey.end(table.id(), table.generation());
        }
    }

    /** A range that is being deleted, from its beginning on. */
    private static final class Forgotten {
        private final Bytes end;
        private Bytes from;

        Forgotten(Bytes from, Bytes end) {
            this.from = from;
            this.end = end;
        }
    }

    private final KeyValueStore<Bytes, byte[]> store;
    private final NavigableMap<Integer, Generation> live = new TreeMap<>();
    private final Deque<Forgotten> forgotten = new ArrayDeque<>();
    private int lastServed;

    /** @param tables that are there; what the store holds of others, or of earlier generations, is going to be forgotten */
    PendingExpiries(KeyValueStore<Bytes, byte[]> store, Collection<TimedTable> tables) {
        this.store = store;
        for (TimedTable table : tables) {
            if (table.isOn()) {
                live.put(table.id(), new Generation(table));
            }
        }
        Bytes next = first(null);
        while (next != null) {
            Bytes end = PendingKey.end(PendingKey.tableId(next), PendingKey.generation(next));
            if (!isLive(next)) {
                forgotten.add(new Forgotten(next, end));
            }
            next = first(end);
        }
    }

    /**
     * Follows a change of the catalog.
     *
     * @param after null when the table is gone
     */
    void follow(int tableId, TimedTable after) {
        Generation before = live.get(tableId);
        if (before != null && after != null && before.table.generation() == after.generation()) {
            before.table = after;
            return;
        }
        if (before != null) {
            live.remove(tableId);
            forgotten.add(new Forgotten(PendingKey.start(tableId, before.table.generation()), before.end()));
        }
        if (after != null && after.isOn()) {
            live.put(tableId, new Generation(after));
        }
    }

    void put(Bytes key, byte[] itemKey) {
        store.put(key, itemKey);
        Generation generation = live.get(PendingKey.tableId(key));
        if (key.compareTo(generation.from) < 0) {
            generation.from = key;
        }
    }

    void remove(Bytes key) {
        store.delete(key);
    }

    /**
     * Shows due entries, the earliest of each table first; tables with many due leave room for others, and another one comes
     * first each time.
     *
     * @param max of those that count
     */
    void visitDue(long nowMillis, int max, Visitor visitor) {
        List<Generation> due = new ArrayList<>();
        live.tailMap(lastServed, false).values().forEach(generation -> addIfDue(generation, nowMillis, due));
        live.headMap(lastServed, true).values().forEach(generation -> addIfDue(generation, nowMillis, due));
        int left = max;
        for (int i = 0; i < due.size() && left > 0; i++) {
            int tables = due.size() - i;
            int share = (left + tables - 1) / tables;
            left -= visit(due.get(i), nowMillis, share, visitor);
            lastServed = due.get(i).table.id();
        }
    }

    private static void addIfDue(Generation generation, long nowMillis, List<Generation> due) {
        if (PendingKey.expiryMillis(generation.from) <= nowMillis) {
            due.add(generation);
        }
    }

    private int visit(Generation generation, long nowMillis, int max, Visitor visitor) {
        int counted = 0;
        Bytes first = null;
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(generation.from, generation.end())) {
            while (entries.hasNext() && counted < max) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                first = first == null ? entry.key : first;
                if (PendingKey.expiryMillis(entry.key) > nowMillis) {
                    break;
                }
                if (visitor.visit(generation.table, entry.key, entry.value)) {
                    counted++;
                }
            }
        }
        generation.from = first == null
                ? PendingKey.at(generation.table.id(), generation.table.generation(), Long.MAX_VALUE)
                : first;
        return counted;
    }

    /** Deletes at most so many entries of generations that ended. */
    void forget(int max) {
        int left = max;
        while (left > 0 && !forgotten.isEmpty()) {
            Forgotten range = forgotten.peekFirst();
            List<Bytes> some = new ArrayList<>();
            try (KeyValueIterator<Bytes, byte[]> entries = store.range(range.from, range.end)) {
                while (entries.hasNext() && some.size() < left) {
                    some.add(entries.next().key);
                }
            }
            some.forEach(store::delete);
            if (some.size() < left) {
                forgotten.removeFirst();
            } else {
                range.from = some.get(some.size() - 1);
            }
            left -= some.size();
        }
    }

    /** The earliest time that is still pending, as far as it is known: never too late. */
    OptionalLong earliestMillis() {
        return live.values().stream()
                .mapToLong(generation -> PendingKey.expiryMillis(generation.from))
                .min();
    }

    /** How many entries there are, about: overwritten and deleted ones may count until they are compacted. */
    long approximateCount() {
        return store.approximateNumEntries();
    }

    private boolean isLive(Bytes key) {
        Generation generation = live.get(PendingKey.tableId(key));
        return generation != null && generation.table.generation() == PendingKey.generation(key);
    }

    private Bytes first(Bytes from) {
        try (KeyValueIterator<Bytes, byte[]> entries = from == null ? store.all() : store.range(from, null)) {
            return entries.hasNext() ? entries.next().key : null;
        }
    }
}
