package io.tailrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.benchmarks.cli.BenchCommand;
import io.tailrace.benchmarks.core.Benchmark;
import io.tailrace.benchmarks.core.Figure;
import io.tailrace.benchmarks.core.Side;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Every benchmark works: at tiny sizes both sides do their work and give figures, and the reports tell of all of them. */
final class SmokeIT {
    @TempDir
    private Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyBenchmarkMeasuresBothSides() throws IOException {
        Path json = dir.resolve("out.json");
        Path html = dir.resolve("out.html");

        int exit = run(
                "--all",
                "--quick",
                "--data",
                dir.resolve("work").toString(),
                "--json",
                json.toString(),
                "--html",
                html.toString());

        assertThat(exit).as("%s%n%s", out, err).isZero();
        JsonNode run = new ObjectMapper().readTree(json.toFile());
        for (Benchmark benchmark : Benchmarks.all()) {
            JsonNode found = find(run.get("benchmarks"), benchmark.name());
            assertThat(found.get("loads")).as(benchmark.name()).isNotEmpty();
            found.get("loads").forEach(load -> assertMeasured(benchmark, load));
            assertThat(out.toString()).contains(benchmark.name());
            assertThat(Files.readString(html)).contains("<h2>" + benchmark.name() + "</h2>");
        }
        assertThat(run.get("seed").asLong()).isEqualTo(42);
        try (Stream<Path> left = Files.list(dir.resolve("work"))) {
            assertThat(left).as("data left behind").isEmpty();
        }
    }

    private static JsonNode find(JsonNode benchmarks, String name) {
        for (JsonNode benchmark : benchmarks) {
            if (benchmark.get("name").asText().equals(name)) {
                return benchmark;
            }
        }
        throw new AssertionError("nothing is told of " + name);
    }

    private static void assertMeasured(Benchmark benchmark, JsonNode load) {
        String what = benchmark.name() + " at " + load.get("label").asText();
        assertThat(load.get("sides").has(Side.TAILRACE)).as(what).isTrue();
        assertThat(load.get("sides").size()).as(what).isGreaterThanOrEqualTo(2);
        load.get("sides").forEach(samples -> {
            assertThat(samples).as(what).hasSize(1);
            assertThat(samples.get(0).get("operations").asLong()).as(what).isPositive();
            assertThat(samples.get(0).get("wallNanos").asLong()).as(what).isPositive();
            // The clock has hundredths of a second: what is tiny may take none.
            assertThat(samples.get(0).get("cpuNanos").asLong()).as(what).isNotNegative();
        });
    }

    @Test
    void measuresWhatIsAskedForAndDrawsIt() throws IOException {
        Path flames = dir.resolve("flames");

        int exit = run(
                "engine-reads",
                "--quick",
                "--loads",
                "Query;no such load",
                "--against",
                "reference",
                "--profile",
                flames.toString(),
                "--data",
                dir.resolve("work").toString());

        assertThat(exit).as("%s%n%s", out, err).isZero();
        assertThat(out.toString()).contains("Query of 20").doesNotContain("engine-reads  GetItem");
        assertThat(Files.readString(flames.resolve("engine-reads-Query-of-20.html")))
                .contains("<canvas");
        assertThat(flames.resolve("engine-reads-Query-of-20.txt")).exists();
        assertThat(flames.resolve("engine-reads-GetItem.html")).doesNotExist();

        assertThat(run("engine-reads", "--quick", "--loads", "no such load")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("there are GetItem; Query of 20");
        assertThat(run("engine-reads", "--quick", "--against", "nobody")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("it is not compared with nobody; there are reference");
    }

    @Test
    void listsThemWithTheirTargets() {
        assertThat(run()).isZero();

        for (Benchmark benchmark : Benchmarks.all()) {
            assertThat(out.toString()).contains(benchmark.name()).contains(benchmark.summary());
            benchmark.targets().forEach(target -> assertThat(out.toString()).contains(target.describe()));
        }
        assertThat(Figure.values())
                .allSatisfy(figure -> assertThat(figure.label()).isNotBlank());
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(run("no-such-thing")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("there is no benchmark 'no-such-thing'");
        assertThat(run("--all", "--rounds", "0")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("--all", Benchmarks.all().get(0).name())).isEqualTo(CommandLine.ExitCode.USAGE);
    }

    private int run(String... arguments) {
        List<Benchmark> all = Benchmarks.all();
        return BenchCommand.commandLine(all)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
