package io.tailrace.server.cli;

import io.tailrace.server.runtime.TailraceServer;
import io.tailrace.server.settings.KafkaSettings;
import io.tailrace.server.settings.RegionSettings;
import io.tailrace.server.settings.ServerConfig;
import java.io.PrintWriter;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code tailrace start}: a server until SIGTERM or Ctrl-C. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Starts the server and runs until SIGTERM or Ctrl-C.",
            "",
            "Tables are served at once; Kafka, streams and indexes follow in the background. The admin port tells how the "
                    + "parts are at /health.",
            "",
            "If the journal is corrupt the start stops with the entry's position and changes nothing: see 'A corrupt "
                    + "journal' in docs/operations.md."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Each setting can also be given in a file (--config FILE, or tailrace.properties in the data directory) and as an",
            "environment variable (TAILRACE_KAFKA_PORT for --kafka-port). docs/configuration.md says more.",
            "",
            "Examples:",
            "  tailrace start",
            "  tailrace start --data /var/lib/tailrace --port 8000 --admin-port 8001 --kafka-port 9092",
            "  tailrace start --bootstrap-servers kafka1:9092,kafka2:9092 --kafka-replication-factor 2",
            "  tailrace start --durability replicated",
            "  tailrace start --regions us-east-1,eu-west-1"
        })
public final class StartCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandSpec spec;

    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new StartCommand());
        SettingsOptions.addTo(commandLine.getCommandSpec());
        return commandLine;
    }

    @Override
    public Integer call() throws InterruptedException {
        Logging.server(SettingsOptions.verbose(spec));
        ServerConfig config = SettingsOptions.load(spec);
        long start = System.nanoTime();
        TailraceServer server = TailraceServer.start(config);
        Banner.print(spec.commandLine().getOut(), server, (System.nanoTime() - start) / 1_000_000);
        EndOfProcess.await(server);
        return CommandLine.ExitCode.OK;
    }

    /** What a user wants to know when the server is up. */
    static final class Banner {
        private Banner() {}

        static void print(PrintWriter out, TailraceServer server, long startMillis) {
            ServerConfig config = server.config();
            String api = "http://localhost:" + server.port();
            out.printf("Tailrace %s serves tables after %.1f s.%n%n", Version.text(), startMillis / 1000.0);
            out.println("  DynamoDB API  " + api + "   " + regions(config.regions()) + ", any credentials");
            out.println("  Admin         http://localhost:" + server.adminPort() + "   /health /metrics /activity/...");
            out.println("  Kafka         " + kafka(config.kafka()));
            out.println("  Data          " + config.dataDir());
            out.println();
            out.println("  aws dynamodb list-tables --endpoint-url " + api + " --region " + config.region());
            out.println();
            out.flush();
        }

        private static String regions(RegionSettings regions) {
            return regions.fixed()
                    .filter(all -> all.size() > 1)
                    .map(all -> "regions " + String.join(", ", new TreeSet<>(all)))
                    .orElse("region " + regions.home() + (regions.fixed().isPresent() ? "" : ", others on request"));
        }

        private static String kafka(KafkaSettings kafka) {
            if (!kafka.enabled()) {
                return "off: no streams, no reads of global secondary indexes";
            }
            return kafka.bootstrapServers()
                    .map(servers -> servers + " (external)")
                    .orElse((kafka.embeddedPort() == 0 ? "on a free port" : "127.0.0.1:" + kafka.embeddedPort())
                            + " (embedded, starting in the background)");
        }
    }
}
