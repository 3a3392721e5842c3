package io.tailrace.server.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Collects where two counts of the same thing differ, in words. */
final class Reconciliation {
    private static final int MAX_DIFFERENCES_PER_SUBJECT = 10;

    private final List<String> differences = new ArrayList<>();

    void expect(String subject, long expected, long actual) {
        if (expected != actual) {
            differences.add(String.format(
                    Locale.ROOT,
                    "%s: %,d, but the input has %,d (%+,d)",
                    subject,
                    actual,
                    expected,
                    actual - expected));
        }
    }

    /** Compares entry by entry; what one side lacks counts as 0. */
    void expect(String subject, Map<String, Long> expected, Map<String, Long> actual) {
        TreeSet<String> names = new TreeSet<>(expected.keySet());
        names.addAll(actual.keySet());
        int found = 0;
        for (String name : names) {
            long wanted = expected.getOrDefault(name, 0L);
            long got = actual.getOrDefault(name, 0L);
            if (wanted != got && found++ < MAX_DIFFERENCES_PER_SUBJECT) {
                expect(subject + " '" + name + "'", wanted, got);
            }
        }
        if (found > MAX_DIFFERENCES_PER_SUBJECT) {
            differences.add(subject + ": and " + (found - MAX_DIFFERENCES_PER_SUBJECT) + " more");
        }
    }

    void expect(String subject, Tally expected, Tally actual) {
        expect(subject, expected.activities(), actual.activities());
        expect(subject + ", bytes", expected.bytes(), actual.bytes());
        expect(subject + ", type", expected.byType(), actual.byType());
        expect(subject + ", page", expected.byPage(), actual.byPage());
    }

    /** A part that should have said what it has did not. */
    void unanswered(String subject) {
        differences.add(subject + ": no answer");
    }

    /** Empty when everything agrees. */
    List<String> differences() {
        return List.copyOf(differences);
    }
}
