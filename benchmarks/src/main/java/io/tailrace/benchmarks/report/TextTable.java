package io.tailrace.benchmarks.report;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Rows of text whose columns are as wide as their widest cell. */
final class TextTable {
    private TextTable() {}

    /**
     * @param rows of as many cells each
     * @param right the columns, from 0, whose cells end together
     */
    static void print(PrintWriter out, List<List<String>> rows, Set<Integer> right) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String format = "%" + (right.contains(column) ? "" : "-") + Math.max(1, widths[column]) + "s  ";
                line.append(String.format(Locale.ROOT, format, row.get(column)));
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
