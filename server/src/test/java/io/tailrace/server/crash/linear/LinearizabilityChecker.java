package io.tailrace.server.crash.linear;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for an order of a history's operations that respects their times and explains their results: the search of Wing and
 * Gong with Lowe's memory of the configurations that led nowhere (J. M. Wing, C. Gong, "Testing and Verifying Concurrent
 * Objects", 1993; G. Lowe, "Testing for Linearizability", 2017). An operation without a result may also never have happened.
 */
final class LinearizabilityChecker<S, C, R> {
    /** A beginning or an end of an operation in a linked list of both, in the order of time. */
    private static final class Entry {
        private final int operation;
        /** Of a beginning, the end; null of an end, and where there is none. */
        private Entry end;

        private final boolean isBeginning;
        private Entry previous;
        private Entry next;

        Entry(int operation, boolean isBeginning) {
            this.operation = operation;
            this.isBeginning = isBeginning;
        }

        void unlink() {
            previous.next = next;
            if (next != null) {
                next.previous = previous;
            }
        }

        void relink() {
            previous.next = this;
            if (next != null) {
                next.previous = this;
            }
        }
    }

    /** Which operations are done with, and what they made: searched from here once. */
    private record Configuration(BitSet done, Object state) {}

    private record Step<S>(Entry beginning, S before) {}

    private final SequentialModel<S, C, R> model;

    LinearizabilityChecker(SequentialModel<S, C, R> model) {
        this.model = model;
    }

    /** Whether there is such an order. */
    boolean isLinearizable(List<Operation<C, R>> history) {
        Entry head = list(history);
        Entry[] beginnings = new Entry[history.size()];
        for (Entry entry = head.next; entry != null; entry = entry.next) {
            if (entry.isBeginning) {
                beginnings[entry.operation] = entry;
            }
        }
        Set<Configuration> known = new HashSet<>();
        Deque<Step<S>> steps = new ArrayDeque<>();
        BitSet done = new BitSet(history.size());
        S state = model.initial();
        Entry entry = head.next;
        // What is left at the end of the list has no end and need not have happened.
        while (entry != null) {
            Operation<C, R> operation = history.get(entry.operation);
            Optional<S> next = entry.isBeginning
                    ? model.step(state, operation.call(), operation.result())
                    : operation.isCertain() ? Optional.empty() : Optional.of(state); // it never happens
            if (next.isPresent() && isNew(known, done, entry.operation, next.get())) {
                Entry beginning = beginnings[entry.operation];
                steps.push(new Step<>(beginning, state));
                done.set(entry.operation);
                state = next.get();
                lift(beginning);
                entry = head.next;
            } else if (entry.isBeginning) {
                entry = entry.next;
            } else {
                if (steps.isEmpty()) {
                    return false;
                }
                Step<S> step = steps.pop();
                done.clear(step.beginning().operation);
                state = step.before();
                unlift(step.beginning());
                entry = step.beginning().next;
            }
        }
        return true;
    }

    /**
     * Of a history that is not linearizable, a part that is not either: up to the first result that cannot be explained, without
     * the reads that do not matter.
     */
    List<Operation<C, R>> minimize(List<Operation<C, R>> history) {
        List<Long> ends = history.stream()
                .filter(Operation::isCertain)
                .map(Operation::ended)
                .sorted()
                .toList();
        List<Operation<C, R>> part = history;
        for (long end : ends) {
            List<Operation<C, R>> prefix = upTo(history, end);
            if (!isLinearizable(prefix)) {
                part = prefix;
                break;
            }
        }
        List<Operation<C, R>> kept = new ArrayList<>(part);
        for (Operation<C, R> operation : part) {
            if (model.isRead(operation.call())) {
                List<Operation<C, R>> without = new ArrayList<>(kept);
                without.remove(operation);
                if (!isLinearizable(without)) {
                    kept = without;
                }
            }
        }
        kept.sort(Comparator.comparingLong(Operation::began));
        return kept;
    }

    /** What was known at that time. */
    private List<Operation<C, R>> upTo(List<Operation<C, R>> history, long time) {
        return history.stream()
                .filter(operation -> operation.began() <= time)
                .map(operation -> operation.ended() <= time
                        ? operation
                        : new Operation<>(
                                operation.client(), operation.call(), (R) null, operation.began(), Long.MAX_VALUE))
                .toList();
    }

    private boolean isNew(Set<Configuration> known, BitSet done, int operation, S state) {
        BitSet next = (BitSet) done.clone();
        next.set(operation);
        return known.add(new Configuration(next, state));
    }

    /** The beginning and the end go, and remember where they were. */
    private static void lift(Entry beginning) {
        beginning.unlink();
        if (beginning.end != null) {
            beginning.end.unlink();
        }
    }

    private static void unlift(Entry beginning) {
        if (beginning.end != null) {
            beginning.end.relink();
        }
        beginning.relink();
    }

    /** A head without meaning, and all beginnings and ends behind it; at one time, beginnings come first. */
    private Entry list(List<Operation<C, R>> history) {
        record Timed(long time, Entry entry) {}
        List<Timed> timed = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            Operation<C, R> operation = history.get(i);
            Entry beginning = new Entry(i, true);
            timed.add(new Timed(operation.began(), beginning));
            if (operation.ended() != Long.MAX_VALUE) {
                beginning.end = new Entry(i, false);
                timed.add(new Timed(operation.ended(), beginning.end));
            }
        }
        timed.sort(Comparator.comparingLong(Timed::time).thenComparing(t -> !t.entry().isBeginning));
        Entry head = new Entry(-1, false);
        Entry last = head;
        for (Timed each : timed) {
            last.next = each.entry();
            each.entry().previous = last;
            last = each.entry();
        }
        return head;
    }
}
