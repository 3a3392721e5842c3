package io.tailrace.benchmarks.cli;

import io.tailrace.benchmarks.core.Figure;
import io.tailrace.benchmarks.core.Load;
import io.tailrace.benchmarks.core.Progress;
import io.tailrace.benchmarks.core.Sample;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.StringJoiner;

/** Tells a person how far a run is: a line for each sample, and on a terminal what is going on between them. */
final class ConsoleProgress implements Progress {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean live;

    ConsoleProgress(PrintWriter out, boolean live) {
        this.out = out;
        this.live = live;
    }

    @Override
    public void step(String what) {
        if (live) {
            out.print(CLEAR_LINE + "  … " + what);
            out.flush();
        }
    }

    @Override
    public void sample(Load load, String side, int round, Sample sample) {
        StringJoiner figures = new StringJoiner(", ");
        for (Figure figure : Figure.values()) {
            figure.of(sample).ifPresent(value -> figures.add(figure.label() + " " + figure.format(value)));
        }
        out.println((live ? CLEAR_LINE : "")
                + String.format(Locale.ROOT, "  %-22s round %-3d %-14s %s", load.label(), round, side, figures));
        out.flush();
    }

    /** Leaves an empty line for what comes next. */
    void end() {
        if (live) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }
}
