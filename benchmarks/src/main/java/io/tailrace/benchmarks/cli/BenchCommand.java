package io.tailrace.benchmarks.cli;

import io.tailrace.benchmarks.core.Benchmark;
import io.tailrace.benchmarks.core.Outcome;
import io.tailrace.benchmarks.core.Profiler;
import io.tailrace.benchmarks.core.Rounds;
import io.tailrace.benchmarks.core.Scale;
import io.tailrace.benchmarks.core.Selection;
import io.tailrace.benchmarks.core.Setup;
import io.tailrace.benchmarks.core.Target;
import io.tailrace.benchmarks.core.UnavailableException;
import io.tailrace.benchmarks.process.FlameGraphs;
import io.tailrace.benchmarks.report.Agreement;
import io.tailrace.benchmarks.report.HtmlReport;
import io.tailrace.benchmarks.report.JsonReport;
import io.tailrace.benchmarks.report.Machine;
import io.tailrace.benchmarks.report.RatioTable;
import io.tailrace.benchmarks.report.Run;
import io.tailrace.server.cli.Logging;
import io.tailrace.server.cli.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tailrace bench}: lists the benchmarks, or runs some of them. */
@Command(
        name = "tailrace bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures Tailrace beside a reference in the same run; without names, lists the benchmarks.",
            "",
            "Both sides do the same work in turns, each round in the other order. Told are the medians, and the ratio of "
                    + "Tailrace's figure to the reference's: the median of the rounds with the least and the most. CPU is "
                    + "user and system time of the process under test, which other processes disturb least."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  tailrace bench",
            "  tailrace bench capture-throughput",
            "  tailrace bench durability-disk durability-process --rounds 9 --html durability.html",
            "  tailrace bench --all --json out.json --html out.html",
            "  tailrace bench --all --quick",
            "  tailrace bench --compare monday.json tuesday.json",
            "  tailrace bench api-writes --loads 'PutItem, 16' --against reference --profile flames",
            "",
            "Exits with 1 when a benchmark failed. A target that is not met is told and is no failure.",
            "docs/performance.md says what each measures, and what was found."
        })
public final class BenchCommand implements Callable<Integer> {
    /** Until the compilers of the JVM have seen enough. */
    private static final int WARMUPS = 3;

    private static final int ROUNDS = 3;
    private static final int WIDTH = 110;
    private static final String HOME_PROPERTY = "tailrace.home";

    private final List<Benchmark> benchmarks;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Run these benchmarks.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--all", description = "Run all benchmarks.")
    private boolean all;

    @Option(
            names = "--rounds",
            paramLabel = "COUNT",
            description = "Rounds of each side at each load. Default: " + ROUNDS + ", with --quick 1.")
    private Integer rounds;

    @Option(
            names = "--loads",
            paramLabel = "TEXT",
            split = ";",
            description = "Only loads whose names contain this; several with a semicolon between them.")
    private List<String> loads = new ArrayList<>();

    @Option(
            names = "--against",
            paramLabel = "SIDE",
            split = ";",
            description =
                    "Compare with these alone: 'reference', 'RocksDB', 'DynamoDB Local', as the table calls them.")
    private List<String> references = new ArrayList<>();

    @Option(
            names = "--quick",
            description = "Tiny sizes: shows in a minute or two that every benchmark works; the figures mean little.")
    private boolean quick;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "42",
            description = "The same seed makes the same items. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the data goes, and so which disk is measured. Default: target/bench in the checkout.")
    private Path data;

    @Option(names = "--json", paramLabel = "FILE", description = "Write every sample into this file.")
    private Path json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page with the ratios and with plots of latency by load.")
    private Path html;

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            arity = "2",
            description = "Run nothing: tell whether the ratios of two runs that --json wrote overlap, least to most.")
    private List<Path> compared = new ArrayList<>();

    @Option(
            names = "--profile",
            paramLabel = "DIR",
            description = "Write a flame graph of Tailrace's CPU time at each load into this directory.")
    private Path profile;

    @Option(names = "--verbose", description = "Log more, and failures with all that led to them.")
    private boolean verbose;

    @CommandLine.Spec
    private CommandSpec spec;

    private BenchCommand(List<Benchmark> benchmarks) {
        this.benchmarks = benchmarks;
    }

    public static CommandLine commandLine(List<Benchmark> benchmarks) {
        return new CommandLine(new BenchCommand(benchmarks)).setUsageHelpWidth(WIDTH);
    }

    @Override
    public Integer call() throws IOException {
        Logging.quiet(verbose);
        List<Benchmark> wanted = wanted();
        PrintWriter out = spec.commandLine().getOut();
        if (!compared.isEmpty()) {
            return compare(wanted, out);
        }
        if (wanted.isEmpty()) {
            list(out);
            return ExitCode.OK;
        }
        int count = rounds != null ? rounds : quick ? 1 : ROUNDS;
        if (count < 1) {
            throw usage("--rounds " + count + ": at least 1");
        }
        requireWritable("--json", json);
        requireWritable("--html", html);
        return run(wanted, count, out);
    }

    /** Known before an hour's work, not after it. */
    private void requireWritable(String option, Path file) {
        if (file == null) {
            return;
        }
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isWritable(directory) || Files.isDirectory(file)) {
            throw usage(option + " " + file + ": a file cannot be written there");
        }
    }

    private int compare(List<Benchmark> wanted, PrintWriter out) {
        if (!wanted.isEmpty() || compared.size() != 2) {
            throw usage("--compare takes two files, and runs nothing");
        }
        try {
            Agreement.of(compared.get(0), compared.get(1)).print(out);
        } catch (IOException unreadable) {
            throw usage("--compare: " + unreadable.getMessage());
        }
        out.flush();
        return ExitCode.OK;
    }

    private List<Benchmark> wanted() {
        if (all) {
            if (!names.isEmpty()) {
                throw usage("--all and names exclude each other");
            }
            return benchmarks;
        }
        for (String name : names) {
            if (benchmarks.stream().noneMatch(benchmark -> benchmark.name().equals(name))) {
                throw usage("there is no benchmark '" + name + "'; there are "
                        + benchmarks.stream().map(Benchmark::name).collect(Collectors.joining(", ")));
            }
        }
        return benchmarks.stream()
                .filter(benchmark -> names.contains(benchmark.name()))
                .toList();
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    private void list(PrintWriter out) {
        int width = benchmarks.stream()
                .mapToInt(benchmark -> benchmark.name().length())
                .max()
                .orElse(0);
        for (Benchmark benchmark : benchmarks) {
            out.printf("%-" + width + "s  %s%n", benchmark.name(), benchmark.summary());
            if (!benchmark.targets().isEmpty()) {
                out.printf("%-" + width + "s  Targets: %s%n", "", targets(benchmark));
            }
        }
        out.println();
        out.println("Run some with 'tailrace bench NAME...', all with 'tailrace bench --all'; --help tells more.");
        out.flush();
    }

    private static String targets(Benchmark benchmark) {
        return benchmark.targets().stream().map(Target::describe).collect(Collectors.joining(", "));
    }

    private int run(List<Benchmark> wanted, int count, PrintWriter out) throws IOException {
        Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Scale scale = quick ? Scale.QUICK : Scale.FULL;
        Machine machine = Machine.here();
        out.printf(
                "%s%nseed %d, %s sizes, %d rounds, data in %s%n",
                machine, seed, scale.name().toLowerCase(Locale.ROOT), count, dataDir());
        ConsoleProgress progress = new ConsoleProgress(out, Terminal.isInteractive());
        Profiler profiler = profile == null ? Profiler.NONE : FlameGraphs.into(profile, home());
        Selection selection = new Selection(loads, references);
        Rounds turns = new Rounds(new Rounds.Plan(count, quick ? 0 : WARMUPS, selection), profiler, progress);
        List<Outcome> outcomes = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (Benchmark benchmark : wanted) {
            out.printf("%n%s: %s%n", benchmark.name(), benchmark.summary());
            out.flush();
            try (WorkDirectory work = WorkDirectory.create(dataDir(), benchmark.name())) {
                outcomes.add(turns.run(benchmark, new Setup(scale, seed, work.path(), home(), progress)));
            } catch (UnavailableException missing) {
                failures.add(benchmark.name() + " was not run: " + missing.getMessage());
            } catch (Exception failure) { // the boundary of a benchmark: the others run on
                failures.add(benchmark.name() + " failed: " + failure);
                if (verbose) {
                    failure.printStackTrace(spec.commandLine().getErr());
                }
            }
            progress.end();
            save(new Run(started, command(wanted, count), machine, seed, scale, count, outcomes));
        }
        out.println();
        RatioTable.print(out, outcomes);
        out.flush();
        failures.forEach(failure -> spec.commandLine().getErr().println("tailrace: " + failure));
        return failures.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** After each benchmark: who stops a long run keeps what it found. */
    private void save(Run run) throws IOException {
        if (json != null) {
            JsonReport.write(run, json);
        }
        if (html != null) {
            HtmlReport.write(run, html);
        }
    }

    private String command(List<Benchmark> wanted, int count) {
        String which = all ? "--all" : wanted.stream().map(Benchmark::name).collect(Collectors.joining(" "));
        return "./tailrace bench " + which + (quick ? " --quick" : "") + " --rounds " + count + " --seed " + seed;
    }

    private Path dataDir() {
        return (data == null ? home().resolve("target").resolve("bench") : data).toAbsolutePath();
    }

    private static Path home() {
        return Path.of(System.getProperty(HOME_PROPERTY, ".")).toAbsolutePath().normalize();
    }
}
