package io.tailrace.server.crash;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** All that clients asked and were told. For use by several threads. */
final class History {
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicLong mutations = new AtomicLong();
    private final Collection<Request> requests = new ConcurrentLinkedQueue<>();
    private final Collection<TableChange> tableChanges = new ConcurrentLinkedQueue<>();
    private final Map<String, TableSpec> tables = new ConcurrentHashMap<>();
    private final Map<String, Map<Object, Slot>> slots = new ConcurrentHashMap<>();
    private final Map<String, Long> errors = new ConcurrentHashMap<>();
    /** When each life ended, by its number. */
    private final List<Long> ends = new ArrayList<>();

    /** From 1 on. */
    int nextId() {
        return ids.incrementAndGet();
    }

    /** Writes that were acknowledged. */
    long acknowledged() {
        return mutations.get();
    }

    Request begin(Request.Kind kind, int life, List<Write> writes) {
        Request request = new Request(kind, life, writes);
        requests.add(request);
        return request;
    }

    void done(Request request, List<Seen> seen) {
        request.finish(Request.Outcome.DONE, seen);
        mutations.addAndGet(request.writes().size());
    }

    TableChange begin(TableChange change) {
        tableChanges.add(change);
        return change;
    }

    /** The keys of a table that the workload uses from now on. */
    List<Slot> add(TableSpec table) {
        List<Slot> added = table.slots();
        Map<Object, Slot> byKey = new ConcurrentHashMap<>();
        added.forEach(slot -> byKey.put(slot.key(), slot));
        tables.put(table.name(), table);
        slots.put(table.name(), byKey);
        return added;
    }

    Optional<Slot> slot(String table, Object key) {
        return Optional.ofNullable(slots.getOrDefault(table, Map.of()).get(key));
    }

    Collection<Slot> slots(String table) {
        return slots.get(table).values();
    }

    Map<String, TableSpec> tables() {
        return Map.copyOf(tables);
    }

    Collection<Request> requests() {
        return List.copyOf(requests);
    }

    Collection<TableChange> tableChanges() {
        return List.copyOf(tableChanges);
    }

    /** How often which operation was answered with which error. */
    Map<String, Long> errors() {
        return errors;
    }

    /** The server's process has ended: what it had not done by now it never will. */
    synchronized void lifeEnded() {
        ends.add(System.nanoTime());
    }

    /** Which life of the server this is, from 0 on. */
    synchronized int life() {
        return ends.size();
    }

    /** When this life ended; {@code Long.MAX_VALUE} while it has not. */
    synchronized long endOf(int life) {
        return life < ends.size() ? ends.get(life) : Long.MAX_VALUE;
    }
}
