package io.tailrace.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command itself; all work is in subcommands. */
@Command(
        name = "tailrace",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "A DynamoDB-compatible table engine whose change stream is Kafka.",
            "",
            "Applications use any AWS SDK or the AWS CLI with --endpoint-url; any Kafka tool reads the streams."
        },
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  tailrace start",
            "  tailrace start --data /var/lib/tailrace --port 8000 --durability disk",
            "  tailrace stream tail Orders --from-start",
            "  aws dynamodb list-tables --endpoint-url http://localhost:8000 --region us-east-1",
            "",
            "'tailrace COMMAND --help' tells more. All settings: docs/configuration.md."
        },
        subcommands = HelpCommand.class)
public final class TailraceCommand implements Runnable {
    private static final int WIDTH = 110;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** The whole command line with these subcommands. */
    public static CommandLine commandLine(CommandLine... subcommands) {
        CommandLine commandLine = new CommandLine(new TailraceCommand());
        for (CommandLine subcommand : subcommands) {
            commandLine.addSubcommand(subcommand);
        }
        Failures failures = new Failures();
        return commandLine
                .setUsageHelpWidth(WIDTH)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }

    /** Without a subcommand there is nothing to do. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}
