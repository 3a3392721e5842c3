package io.tailrace.server.cli;

import io.tailrace.processors.ProcessorName;
import io.tailrace.server.runtime.ProcessorsServer;
import io.tailrace.server.settings.RegionSettings;
import io.tailrace.server.settings.ServerConfig;
import io.tailrace.server.settings.TailraceSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tailrace processors}: the Kafka Streams applications in a process of their own. */
@Command(
        name = "processors",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Runs processors (global secondary indexes, time to live, activity, replication) until SIGTERM or Ctrl-C, without",
            "tables, on the Kafka cluster of a server.",
            "",
            "Processes that run the same processor share its work, the server's own among them; when one ends, the others go on",
            "for it. The admin port tells how they are at /health."
        },
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  tailrace processors --only gsi,ttl --bootstrap-servers kafka1:9092 --data /var/lib/tailrace-processors",
            "  tailrace processors --only gsi --bootstrap-servers 127.0.0.1:9092 --data processors-2 --admin-port 8011",
            "  tailrace processors --only replication --region us-east-1 --bootstrap-servers kafka1:9092"
                    + " --replication-peers eu-west-1=kafka2:9092",
            "  tailrace processors describe ttl"
        })
public final class ProcessorsCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new ProcessorsCommand());
        SettingsOptions.addTo(
                commandLine.getCommandSpec(),
                List.of(
                        TailraceSettings.DATA_DIR,
                        TailraceSettings.ADMIN_PORT,
                        TailraceSettings.REGION_NAME,
                        TailraceSettings.BIND_ADDRESS,
                        TailraceSettings.KAFKA_BOOTSTRAP_SERVERS,
                        TailraceSettings.KAFKA_CLIENT_PROPERTIES,
                        TailraceSettings.SCHEMA_REGISTRY_URL,
                        TailraceSettings.MUTATIONS_PARTITIONS,
                        RegionSettings.PEERS,
                        TailraceSettings.PROCESSORS_ONLY,
                        TailraceSettings.PROCESSORS_PORT,
                        TailraceSettings.PROCESSORS_STANDBY_REPLICAS,
                        TailraceSettings.PROCESSORS_THREADS,
                        TailraceSettings.TTL_DELETES_PER_SECOND));
        return commandLine.addSubcommand(ProcessorsDescribeCommand.commandLine());
    }

    @Override
    public Integer call() throws InterruptedException {
        Logging.server(SettingsOptions.verbose(spec));
        ServerConfig config = SettingsOptions.load(spec);
        String servers = config.kafka()
                .bootstrapServers()
                .orElseThrow(() -> new CommandLine.ParameterException(
                        spec.commandLine(),
                        "where is Kafka? Name it with " + TailraceSettings.KAFKA_BOOTSTRAP_SERVERS.flag()
                                + " (a server's embedded broker: 127.0.0.1 and its --kafka-port)"));
        if (config.processors().here().isEmpty()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), TailraceSettings.PROCESSORS_ENABLED.name() + " is false: nothing is to be run");
        }
        if (config.processors().here().equals(Set.of(ProcessorName.REPLICATION))
                && config.regions().peers().isEmpty()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "from which regions? Name them with " + RegionSettings.PEERS.flag());
        }
        ProcessorsServer server = ProcessorsServer.start(config, servers);
        print(spec.commandLine().getOut(), server, servers);
        EndOfProcess.await(server);
        return CommandLine.ExitCode.OK;
    }

    private static void print(PrintWriter out, ProcessorsServer server, String servers) {
        ServerConfig config = server.config();
        out.println("Tailrace " + Version.text() + " runs processors: "
                + config.processors().here().stream()
                        .sorted()
                        .map(ProcessorName::text)
                        .collect(Collectors.joining(", ")));
        out.println();
        out.println("  Admin         http://localhost:" + server.adminPort() + "   /health /metrics");
        out.println("  Kafka         " + servers + ", region " + config.region());
        out.println("  Data          " + config.processors().stateDir());
        out.println();
        out.flush();
    }
}
