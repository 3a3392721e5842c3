package io.tailrace.server.demo;

import io.tailrace.processors.ProcessorName;
import io.tailrace.server.cli.CommandFailedException;
import io.tailrace.server.cli.Logging;
import io.tailrace.server.cli.SettingsOptions;
import io.tailrace.server.cli.Terminal;
import io.tailrace.server.cli.Version;
import io.tailrace.server.demo.input.AccessLogSource;
import io.tailrace.server.demo.input.ActivitySource;
import io.tailrace.server.demo.input.GeneratedSource;
import io.tailrace.server.runtime.TailraceServer;
import io.tailrace.server.settings.ServerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code tailrace demo}: a server, and real activity driven through it. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Starts the server and drives user activity through it: into the table UserActivity over the API, on into its "
                    + "stream, its index and the analytics.",
            "",
            "The activity comes from an access log (--input) or is made up. The same input over the same data directory "
                    + "adds nothing twice. At the end there is a summary, and the server keeps serving until Ctrl-C."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  tailrace demo",
            "  tailrace demo --input /var/log/nginx/access.log",
            "  zcat access.log.*.gz | tailrace demo --input -",
            "  tailrace demo --input access.log --exit --report demo.json",
            "  tailrace demo --events 100000 --seed 7 --data /tmp/demo"
        })
public final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--input",
            paramLabel = "FILE",
            description =
                    "An access log in the common or combined format (Apache, nginx), gzipped or not; - for standard "
                            + "input. Lines that are malformed are counted.")
    private String input;

    @Option(
            names = "--exit",
            description =
                    "Exit at the end: with 0 when table, stream, index and analytics agree with the input, else with "
                            + "1 and what differs.")
    private boolean exit;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write the summary and the totals of the analytics into this file, as JSON.")
    private Path report;

    @Option(
            names = "--events",
            paramLabel = "COUNT",
            defaultValue = "20000",
            description = "How many activities to make up without --input. Default: ${DEFAULT-VALUE}.")
    private long events;

    @Option(
            names = "--users",
            paramLabel = "COUNT",
            defaultValue = "1000",
            description = "How many users there are to make activities up for. Default: ${DEFAULT-VALUE}.")
    private int users;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "42",
            description = "The same seed makes up the same activities. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long to wait for stream, index and analytics while nothing moves. "
                    + "Default: ${DEFAULT-VALUE}.")
    private int patienceSeconds;

    @CommandLine.Spec
    private CommandSpec spec;

    private volatile boolean isStopping;

    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new DemoCommand());
        SettingsOptions.addTo(commandLine.getCommandSpec());
        return commandLine;
    }

    @Override
    public Integer call() throws InterruptedException {
        Logging.quiet(SettingsOptions.verbose(spec));
        requireSensible();
        ServerConfig config = SettingsOptions.load(spec);
        if (!config.kafka().enabled() || config.processors().here().size() < ProcessorName.values().length) {
            throw new CommandFailedException(
                    "the demo shows streams and analytics: it needs kafka.enabled, and all processors in its process",
                    null);
        }
        try (ActivitySource source = openSource()) {
            return run(config, source);
        } catch (IOException unreadable) {
            throw new CommandFailedException("cannot read the input: " + unreadable.getMessage(), unreadable);
        } catch (DemoException | SdkException failure) {
            if (isStopping) {
                return CommandLine.ExitCode.OK;
            }
            throw new CommandFailedException(failure.getMessage(), failure);
        }
    }

    private int run(ServerConfig config, ActivitySource source) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Starting Tailrace with its data in " + config.dataDir() + " …");
        out.flush();
        TailraceServer server = TailraceServer.start(config);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread stop = new Thread(
                () -> {
                    isStopping = true;
                    server.close();
                    stopped.countDown();
                },
                "tailrace-shutdown");
        Runtime.getRuntime().addShutdownHook(stop);
        int exitCode = CommandLine.ExitCode.OK;
        try (Demo demo = demo(config, server, out)) {
            out.println("Reading " + source.description() + ".");
            out.flush();
            demo.run(source);
            demo.printSummary(source);
            List<String> differences = exit ? reconcile(demo, out) : List.of();
            if (report != null) {
                demo.report(source, differences).write(report);
            }
            if (!exit) {
                printHints(out, config, server);
                stopped.await();
            }
            exitCode = differences.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
        // The exit that follows runs the hook, which stops the server.
        return exitCode;
    }

    private Demo demo(ServerConfig config, TailraceServer server, PrintWriter out) {
        ActivityTables tables = new ActivityTables(URI.create("http://127.0.0.1:" + server.port()), config.region());
        AdminClient admin = new AdminClient(URI.create("http://127.0.0.1:" + server.adminPort()));
        VisibilityClock streamClock = new VisibilityClock();
        StreamWatcher stream =
                new StreamWatcher(config.region(), config.kafka(), server::bootstrapServers, streamClock);
        return new Demo(
                tables, admin, stream, streamClock, out, Terminal.isInteractive(), Duration.ofSeconds(patienceSeconds));
    }

    private static List<String> reconcile(Demo demo, PrintWriter out) {
        List<String> differences = demo.reconcile();
        out.println();
        if (differences.isEmpty()) {
            out.println("Reconciled: table, stream, index and analytics agree with the input.");
        } else {
            out.println("Not reconciled:");
            differences.forEach(difference -> out.println("  " + difference));
            out.println("If the data directory held other activities before, use another one: --data DIR.");
        }
        out.flush();
        return differences;
    }

    private static void printHints(PrintWriter out, ServerConfig config, TailraceServer server) {
        String api = "http://localhost:" + server.port();
        String admin = "http://localhost:" + server.adminPort();
        out.println();
        out.println("Serving until Ctrl-C. From another terminal:");
        out.println("  aws dynamodb scan --table-name UserActivity --max-items 3 --endpoint-url " + api + " --region "
                + config.region());
        out.println("  curl " + admin + "/activity/pages?limit=10");
        out.println("  tailrace stream tail UserActivity --from-start");
        out.println("  curl " + admin + "/health");
        out.flush();
    }

    private ActivitySource openSource() throws IOException {
        if (input == null) {
            return new GeneratedSource(seed, events, users);
        }
        if (input.equals("-")) {
            return AccessLogSource.ofStream(Terminal.standardInput(), "standard input");
        }
        Path file = Path.of(input);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CommandFailedException("cannot read the input: " + input + " is no readable file", null);
        }
        return AccessLogSource.ofFile(file);
    }

    private void requireSensible() {
        require(events >= 1, "--events must be at least 1");
        require(users >= 1, "--users must be at least 1");
        require(patienceSeconds >= 1, "--patience must be at least 1");
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new CommandLine.ParameterException(spec.commandLine(), message);
        }
    }
}
