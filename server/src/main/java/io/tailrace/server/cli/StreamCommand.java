package io.tailrace.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tailrace stream}: what can be done with tables' streams. */
@Command(
        name = "stream",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Reads the change streams of tables, rolls their shards over, and fills their topics again.",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  tailrace stream list",
            "  tailrace stream tail Orders --from-start",
            "  tailrace stream roll Orders"
        })
public final class StreamCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    public static CommandLine commandLine() {
        return new CommandLine(new StreamCommand())
                .addSubcommand(StreamListCommand.commandLine())
                .addSubcommand(StreamRebuildCommand.commandLine())
                .addSubcommand(StreamRollCommand.commandLine())
                .addSubcommand(StreamTailCommand.commandLine());
    }

    /** Without a subcommand there is nothing to do. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}
