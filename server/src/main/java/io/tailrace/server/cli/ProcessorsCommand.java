package io.tailrace.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tailrace processors}: what can be done with the Kafka Streams applications. */
@Command(
        name = "processors",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Tells of the processors: global secondary indexes, time to live, activity.",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example:", "  tailrace processors describe ttl"})
public final class ProcessorsCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    public static CommandLine commandLine() {
        return new CommandLine(new ProcessorsCommand()).addSubcommand(ProcessorsDescribeCommand.commandLine());
    }

    /** Without a subcommand there is nothing to do. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}
