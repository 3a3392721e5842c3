package io.tailrace.server;

import io.tailrace.server.cli.BenchCommand;
import io.tailrace.server.cli.DoctorCommand;
import io.tailrace.server.cli.ProcessorsCommand;
import io.tailrace.server.cli.RehearseCommand;
import io.tailrace.server.cli.StartCommand;
import io.tailrace.server.cli.StreamCommand;
import io.tailrace.server.cli.TailraceCommand;
import io.tailrace.server.cli.VersionCommand;
import io.tailrace.server.demo.DemoCommand;
import picocli.CommandLine;

/** Runs the {@code tailrace} command. */
public final class Main {
    private Main() {}

    /** Exits with 0, with 1 when the command failed, or with 2 when it was not understood. */
    public static void main(String[] args) {
        // Before any class of Chronicle's loads: nothing is sent home, no banner is printed.
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
        // From Java 22 on there is a console without a terminal too, unless it is that of java.base.
        System.setProperty("jdk.console", "java.base");
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return TailraceCommand.commandLine(
                StartCommand.commandLine(),
                DemoCommand.commandLine(),
                StreamCommand.commandLine(),
                ProcessorsCommand.commandLine(),
                BenchCommand.commandLine(),
                DoctorCommand.commandLine(),
                VersionCommand.commandLine(),
                RehearseCommand.commandLine());
    }
}
