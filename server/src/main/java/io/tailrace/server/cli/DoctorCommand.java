package io.tailrace.server.cli;

import io.tailrace.capture.CaptureCheck;
import io.tailrace.capture.CaptureConfig;
import io.tailrace.engine.check.EngineCheck;
import io.tailrace.engine.check.EngineRepair;
import io.tailrace.engine.check.Finding;
import io.tailrace.engine.disk.DiskSync;
import io.tailrace.engine.journal.JournalInspection;
import io.tailrace.engine.recovery.DataDirectory;
import io.tailrace.server.runtime.RegionDirectories;
import io.tailrace.server.settings.KafkaSettings;
import io.tailrace.server.settings.RegionConfig;
import io.tailrace.server.settings.ServerConfig;
import io.tailrace.server.settings.Setting;
import io.tailrace.server.settings.TailraceSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code tailrace doctor}: checks a data directory that no server uses. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Checks a data directory with all its regions while no server uses it, and says what to do about what it finds.",
            "",
            "It reads all of the journal and the state by their checksums, counts items, indexes and sizes again, and compares "
                    + "how far capture is with the journal and with Kafka. The embedded broker's files are read as they are; an "
                    + "external cluster (--bootstrap-servers) is asked. Without --repair nothing is changed.",
            "",
            "--repair does what loses nothing: it cuts off the rest of a write that a crash left and nobody was told of, deletes "
                    + "what the removal of a journal file left, builds a damaged state anew when the journal begins with the first "
                    + "commit, and makes indexes and counters anew from the items. What it replaces it keeps beside it."
        },
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all is well",
            "1:something was found, or could not be checked; after --repair: something is left",
            "2:it was not understood"
        },
        footer = {
            "",
            "Examples:",
            "  tailrace doctor /var/lib/tailrace",
            "  tailrace doctor /var/lib/tailrace --repair",
            "  tailrace doctor /var/lib/tailrace --bootstrap-servers kafka1:9092 --json"
        })
public final class DoctorCommand implements Callable<Integer> {
    @CommandLine.Parameters(paramLabel = "DIR", description = "The data directory.")
    private Path directory;

    @CommandLine.Option(names = "--repair", description = "Repair what can be repaired without loss.")
    private boolean repair;

    @CommandLine.Option(names = "--json", description = "Print one JSON object with all findings.")
    private boolean json;

    @CommandLine.Spec
    private CommandSpec spec;

    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new DoctorCommand());
        SettingsOptions.addTo(
                commandLine.getCommandSpec(),
                List.of(
                        TailraceSettings.REGION_NAME,
                        TailraceSettings.KAFKA_BOOTSTRAP_SERVERS,
                        TailraceSettings.KAFKA_CLIENT_PROPERTIES));
        return commandLine;
    }

    @Override
    public Integer call() {
        Logging.quiet(SettingsOptions.verbose(spec));
        if (!DataDirectory.isOne(directory)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), directory + " is no data directory of Tailrace");
        }
        List<Finding> findings = new ArrayList<>();
        List<Finding> repaired = new ArrayList<>();
        try {
            ServerConfig config = config();
            check("", config.region(config.region()), findings, repaired);
            for (String further : RegionDirectories.further(config)) {
                check(further + " ", config.region(further), findings, repaired);
            }
        } catch (IOException refused) {
            throw new CommandFailedException(refused.getMessage(), refused);
        }
        print(findings, repaired);
        boolean well = findings.stream().allMatch(finding -> finding.kind() == Finding.Kind.OK);
        return well ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** With the region that the directory began with, unless it is older than the note of it. */
    private ServerConfig config() throws IOException {
        Map<Setting<?>, String> given = new LinkedHashMap<>();
        given.put(TailraceSettings.DATA_DIR, directory.toString());
        RegionDirectories.home(directory).ifPresent(home -> given.put(TailraceSettings.REGION_NAME, home));
        return SettingsOptions.load(spec, given);
    }

    /** @param prefix of the parts in the findings */
    private void check(String prefix, RegionConfig region, List<Finding> findings, List<Finding> repaired)
            throws IOException {
        Consumer<String> progress = text -> progress(prefix + text);
        try (DataDirectory taken = DataDirectory.open(region.dataDir(), "tailrace doctor", DiskSync.SYSTEM)) {
            EngineCheck.Report report = EngineCheck.of(taken, progress);
            List<Finding> found = findings(region, report);
            if (repair) {
                List<Finding> done = new ArrayList<>(
                        EngineRepair.of(taken, report, region.engine().streams()));
                done.addAll(CaptureCheck.repair(captureConfig(region)));
                if (!done.isEmpty()) {
                    found = findings(region, EngineCheck.of(taken, progress));
                }
                done.forEach(finding -> repaired.add(finding.within(prefix)));
            }
            found.forEach(finding -> findings.add(finding.within(prefix)));
        }
    }

    private static List<Finding> findings(RegionConfig region, EngineCheck.Report report) {
        List<Finding> findings = new ArrayList<>(report.findings());
        findings.addAll(capture(region, report));
        return findings;
    }

    private static List<Finding> capture(RegionConfig config, EngineCheck.Report report) {
        Optional<JournalInspection> journal = report.journal();
        if (!config.kafka().enabled()) {
            return List.of(Finding.ok("capture", TailraceSettings.KAFKA_ENABLED.name() + " is false: not checked"));
        }
        if (journal.isEmpty()) {
            return List.of();
        }
        Optional<Path> logDir = config.kafka().embedded()
                ? Optional.of(CaptureCheck.embeddedLogDir(config.kafka().embeddedDataDir()))
                : Optional.empty();
        return CaptureCheck.of(
                new CaptureCheck.Kafka(captureConfig(config), logDir),
                journal.get().firstSequence(),
                journal.get().lastSequence());
    }

    private static CaptureConfig captureConfig(RegionConfig config) {
        KafkaSettings kafka = config.kafka();
        return kafka.captureConfig(kafka.bootstrapServers().orElse("none"), config.name());
    }

    private void progress(String text) {
        if (!json) {
            spec.commandLine().getErr().println("  ... " + text);
            spec.commandLine().getErr().flush();
        }
    }

    private void print(List<Finding> findings, List<Finding> repaired) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(DoctorJson.text(directory, findings, repaired));
        } else {
            repaired.forEach(finding -> print(finding, out));
            findings.forEach(finding -> print(finding, out));
            long open = findings.stream()
                    .filter(finding -> finding.kind() != Finding.Kind.OK)
                    .count();
            out.println(open == 0 ? "All is well." : open == 1 ? "One finding." : open + " findings.");
        }
        out.flush();
    }

    private static void print(Finding finding, PrintWriter out) {
        String advice = finding.advice().isEmpty() ? "" : ". " + finding.advice() + ".";
        out.println(DoctorJson.name(finding.kind()) + "  " + finding.part() + ": " + finding.text() + advice);
    }
}
