package io.tailrace.benchmarks.api;

import static io.tailrace.benchmarks.api.Operation.GET_ITEM;
import static io.tailrace.benchmarks.api.Operation.GET_LATEST;
import static io.tailrace.benchmarks.api.Operation.INSERT;
import static io.tailrace.benchmarks.api.Operation.INSERT_EVERY;
import static io.tailrace.benchmarks.api.Operation.PUT_ITEM;
import static io.tailrace.benchmarks.api.Operation.UPDATE_ITEM;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What each connection asks, over and over.
 *
 * @param label for people
 * @param cycle one request after the other
 */
record Workload(String label, List<Operation> cycle) {
    Workload {
        cycle = List.copyOf(cycle);
    }

    /** One operation alone. */
    static Workload of(Operation operation) {
        return new Workload(label(operation), List.of(operation));
    }

    private static String label(Operation operation) {
        return switch (operation) {
            case QUERY_20 -> "Query of 20";
            case TRANSACT_WRITE_4 -> "TransactWriteItems of 4";
            case BATCH_WRITE_25 -> "BatchWriteItem of 25";
            case GET_ITEM, GET_LATEST, INSERT, PUT_ITEM, UPDATE_ITEM -> operation.target();
        };
    }

    /**
     * The core workloads of YCSB (its wiki, "Core Workloads"), without E, which is all scans: A has as many reads as
     * updates, B 5 percent updates, C none, D 5 percent inserts and reads of what came last, and F writes back every second
     * item that it reads. Items are chosen evenly.
     */
    static List<Workload> ycsb() {
        return List.of(
                new Workload("YCSB A", List.of(GET_ITEM, UPDATE_ITEM)),
                new Workload("YCSB B", after(UPDATE_ITEM, GET_ITEM)),
                new Workload("YCSB C", List.of(GET_ITEM)),
                new Workload("YCSB D", after(INSERT, GET_LATEST)),
                new Workload("YCSB F", List.of(GET_ITEM, GET_ITEM, PUT_ITEM)));
    }

    /** One write, and reads up to the next one. */
    private static List<Operation> after(Operation write, Operation read) {
        List<Operation> cycle = new ArrayList<>(List.of(write));
        cycle.addAll(Collections.nCopies(INSERT_EVERY - 1, read));
        return cycle;
    }

    Operation at(long number) {
        return cycle.get((int) (number % cycle.size()));
    }
}
