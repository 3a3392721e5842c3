package io.tailrace.benchmarks;

import io.tailrace.benchmarks.cli.BenchCommand;

/** Runs {@code tailrace bench}. */
public final class Main {
    private Main() {}

    /** Exits with 0, with 1 when a benchmark failed, or with 2 when the command was not understood. */
    public static void main(String[] arguments) {
        // Before any class of Chronicle's loads: nothing is sent home, no banner is printed.
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
        // From Java 22 on there is a console without a terminal too, unless it is that of java.base.
        System.setProperty("jdk.console", "java.base");
        System.exit(BenchCommand.commandLine(Benchmarks.all()).execute(arguments));
    }
}
