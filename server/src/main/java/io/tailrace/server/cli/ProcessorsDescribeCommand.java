package io.tailrace.server.cli;

import io.tailrace.processors.describe.TopologyDescriptions;
import io.tailrace.server.settings.TailraceSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code tailrace processors describe}. */
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Prints the topologies: topics, operators and stores, in Kafka Streams' own form.",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  tailrace processors describe",
            "  tailrace processors describe ttl --region eu-west-1"
        })
public final class ProcessorsDescribeCommand implements Runnable {
    @CommandLine.Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "Processors to describe; all when none is named.")
    private List<String> names = List.of();

    @CommandLine.Spec
    private CommandSpec spec;

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new ProcessorsDescribeCommand());
        SettingsOptions.addTo(
                commandLine.getCommandSpec(), List.of(TailraceSettings.DATA_DIR, TailraceSettings.REGION_NAME));
        return commandLine;
    }

    @Override
    public void run() {
        Logging.quiet(SettingsOptions.verbose(spec));
        Map<String, String> all =
                TopologyDescriptions.all(SettingsOptions.load(spec).region());
        for (String name : names) {
            if (!all.containsKey(name)) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        "there is no processor '" + name + "', but " + String.join(", ", all.keySet()));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        all.forEach((name, description) -> {
            if (names.isEmpty() || names.contains(name)) {
                out.println(name);
                out.println();
                out.println(description.strip());
                out.println();
            }
        });
        out.flush();
    }
}
