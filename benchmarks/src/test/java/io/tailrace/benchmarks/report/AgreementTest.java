package io.tailrace.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.benchmarks.cli.BenchCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code tailrace bench --compare}. */
final class AgreementTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void onlyWhatDiffersIsListed() throws IOException {
        Path first = run("first", ratio("mutations", 1.0, 0.9, 1.1, true), ratio("stream", 2.0, 1.9, 2.1, false));
        Path second = run("second", ratio("mutations", 1.05, 1.1, 1.3, true), ratio("stream", 1.2, 1.1, 1.3, true));

        assertThat(compare(first, second)).isZero();

        assertThat(out.toString().lines().toList().subList(1, 6))
                .containsExactly(
                        "capture    stream  CPU per operation  reference  2.00 (1.90–2.10)  1.20 (1.10–1.30)  "
                                + "apart, target met in one",
                        "",
                        "2 ratios in both runs: least to most overlap in 1 and do not in 1.",
                        "By chance alone 10 % of them would not, as one run has 3 rounds and the other 3.",
                        "2 targets in both runs: 1 come out alike, 1 are met in one run only.");
    }

    @Test
    void whatOverlapsIsListedWhenItsTargetIsMetOnce() throws IOException {
        Path first = run("first", ratio("a", 1.0, 0.9, 1.1, true));
        Path second = run("second", ratio("a", 1.1, 1.0, 1.2, false));

        compare(first, second);

        assertThat(out.toString()).contains("target met in one").doesNotContain("apart");
    }

    @Test
    void agreementIsSumsAlone() throws IOException {
        Path first = run("first", ratio("a", 1.0, 0.9, 1.1, null), ratio("b", 1.0, 0.9, 1.1, null));
        Path second = run("second", ratio("a", 1.0, 0.9, 1.1, null));

        compare(first, second);

        assertThat(out.toString().lines())
                .containsExactly(
                        "1 ratios in both runs: least to most overlap in 1 and do not in 0.",
                        "By chance alone 10 % of them would not, as one run has 3 rounds and the other 3.",
                        "0 targets in both runs: 0 come out alike, 0 are met in one run only.",
                        "1 ratios are in one of the runs only.");
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path run = run("run");
        Path text = Files.writeString(directory.resolve("text"), "no JSON");
        Path other = Files.writeString(directory.resolve("other"), "{}");

        assertThat(compare(run, directory.resolve("missing"))).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(compare(run, text)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(compare(run, other)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(command("--compare", run.toString())).isEqualTo(CommandLine.ExitCode.USAGE);

        assertThat(err.toString())
                .contains("missing", text + " is not JSON", other + " was not written by 'tailrace bench --json'");
    }

    private int compare(Path first, Path second) {
        return command("--compare", first.toString(), second.toString());
    }

    private int command(String... arguments) {
        return BenchCommand.commandLine(List.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private Path run(String name, String... ratios) throws IOException {
        return Files.writeString(
                directory.resolve(name),
                "{\"rounds\": 3, \"benchmarks\": [{\"name\": \"capture\", \"ratios\": [" + String.join(",", ratios)
                        + "]}]}");
    }

    private static String ratio(String load, double median, double least, double most, Boolean met) {
        String ratio = "\"load\": \"%s\", \"figure\": \"cpu\", \"reference\": \"reference\"".formatted(load)
                + ", \"median\": %s, \"least\": %s, \"most\": %s".formatted(median, least, most);
        return "{" + ratio + (met == null ? "" : ", \"met\": " + met) + "}";
    }
}
