package io.tailrace.engine.operation;

import io.tailrace.engine.limits.Limits;
import java.util.Map;
import java.util.TreeMap;

/** Adds up the capacity units that one operation takes from one table and its indexes, and reports them as asked. */
final class CapacityAccount {
    /** What the answer says of it. */
    enum Detail {
        NONE,
        TOTAL,
        INDEXES;

        /** By the member ReturnConsumedCapacity, which {@link Constraints} has accepted; null is NONE. */
        static Detail of(String returnConsumedCapacity) {
            return returnConsumedCapacity == null ? NONE : valueOf(returnConsumedCapacity);
        }
    }

    /** Which of read and write units are reported apart: both operations of transactions do so, others do not. */
    enum Kind {
        PLAIN,
        TRANSACT_READ,
        TRANSACT_WRITE
    }

    private static final double EVENTUALLY_CONSISTENT_FACTOR = 0.5;

    private final String tableName;
    private double tableUnits;
    private final Map<String, Double> localIndexUnits = new TreeMap<>();
    private final Map<String, Double> globalIndexUnits = new TreeMap<>();

    /** @param tableName as the request spelled it */
    CapacityAccount(String tableName) {
        this.tableName = tableName;
    }

    /** The units of reading so many bytes at once: one for each four kilobytes, at least one; half of it if eventual. */
    static double readUnits(long bytes, boolean consistent) {
        long units = Math.max(1, (bytes + Limits.READ_UNIT_BYTES - 1) / Limits.READ_UNIT_BYTES);
        return consistent ? units : units * EVENTUALLY_CONSISTENT_FACTOR;
    }

    void addTable(double units) {
        tableUnits += units;
    }

    void addLocalIndex(String indexName, double units) {
        localIndexUnits.merge(indexName, units, Double::sum);
    }

    void addGlobalIndex(String indexName, double units) {
        globalIndexUnits.merge(indexName, units, Double::sum);
    }

    /** What the answer reports; null for {@link Detail#NONE}. */
    ConsumedCapacity report(Detail detail, Kind kind) {
        if (detail == Detail.NONE) {
            return null;
        }
        double total = tableUnits + sum(localIndexUnits) + sum(globalIndexUnits);
        boolean parts = detail == Detail.INDEXES;
        return new ConsumedCapacity(
                tableName,
                total,
                kind == Kind.TRANSACT_READ ? total : null,
                kind == Kind.TRANSACT_WRITE ? total : null,
                parts ? capacity(tableUnits, kind) : null,
                parts ? capacities(localIndexUnits, kind) : null,
                parts ? capacities(globalIndexUnits, kind) : null);
    }

    private static Map<String, Capacity> capacities(Map<String, Double> units, Kind kind) {
        if (units.isEmpty()) {
            return null;
        }
        Map<String, Capacity> capacities = new TreeMap<>();
        units.forEach((name, indexUnits) -> capacities.put(name, capacity(indexUnits, kind)));
        return capacities;
    }

    private static Capacity capacity(double units, Kind kind) {
        return new Capacity(
                units, kind == Kind.TRANSACT_READ ? units : null, kind == Kind.TRANSACT_WRITE ? units : null);
    }

    private static double sum(Map<String, Double> units) {
        return units.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
