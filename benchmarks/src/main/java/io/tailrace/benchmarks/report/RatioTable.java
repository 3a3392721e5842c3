package io.tailrace.benchmarks.report;

import io.tailrace.benchmarks.core.Outcome;
import io.tailrace.benchmarks.core.Side;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The figures of both sides and their ratios, one line each. */
public final class RatioTable {
    private static final List<String> HEADINGS = List.of(
            "benchmark", "load", "figure", Side.TAILRACE, Side.REFERENCE, "", "ratio", "least–most", "target", "");
    /** From here on columns are numbers, and end together. */
    private static final Set<Integer> RIGHT = Set.of(3, 4, 6, 7, 8);

    private RatioTable() {}

    /** Prints all outcomes' lines, with what a reader should know of each. */
    public static void print(PrintWriter out, List<Outcome> outcomes) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        outcomes.forEach(outcome -> outcome.comparisons().forEach(comparison -> rows.add(row(outcome, comparison))));
        TextTable.print(out, rows, RIGHT);
        for (Outcome outcome : outcomes) {
            outcome.notes().forEach(note -> out.println(outcome.benchmark().name() + ": " + note));
        }
    }

    private static List<String> row(Outcome outcome, Outcome.Comparison comparison) {
        return List.of(
                outcome.benchmark().name(),
                comparison.load().label(),
                comparison.figure().label(),
                comparison.figure().format(comparison.tailrace()),
                comparison.figure().format(comparison.reference()),
                comparison.side().equals(Side.REFERENCE) ? "" : comparison.side(),
                ratio(comparison.ratio().median()),
                ratio(comparison.ratio().least()) + "–"
                        + ratio(comparison.ratio().most()),
                comparison.target() == null ? "" : comparison.target().toString(),
                comparison.target() == null ? "" : comparison.isMissed() ? "not met" : "met");
    }

    static String ratio(double value) {
        return String.format(Locale.ROOT, value < 0.1 ? "%.3f" : "%.2f", value);
    }
}
