package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command explains itself, and tells a mistake in a sentence with the exit code for it. */
final class MainTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .execute(args);
    }

    static List<List<String>> commands() {
        List<List<String>> paths = new ArrayList<>();
        collect(Main.commandLine(), new ArrayList<>(), paths);
        return paths;
    }

    private static void collect(CommandLine command, List<String> path, List<List<String>> paths) {
        paths.add(path);
        command.getSubcommands().forEach((name, subcommand) -> {
            if (!name.equals("help")) {
                List<String> longer = new ArrayList<>(path);
                longer.add(name);
                collect(subcommand, longer, paths);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithExamples(List<String> path) {
        List<String> args = new ArrayList<>(path);
        args.add("--help");
        assertThat(run(args.toArray(String[]::new))).isZero();
        assertThat(out.toString()).startsWith("Usage: tailrace").contains("Example");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aRehearsalStartsAServerUsesItAndEnds(@TempDir Path data) {
        assertThat(run("rehearse", "--data", data.toString(), "--port", "0", "--admin-port", "0", "--kafka-port", "0"))
                .as("%s", err)
                .isZero();
        assertThat(out.toString()).contains("serves tables after");
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).doesNotContain("rehearse");
    }

    @Test
    void aTimeThatIsNoneIsToldWhatATimeIs() {
        assertThat(run("stream", "tail", "Orders", "--from-time", "yesterday")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("tailrace: Invalid value for option '--from-time': 'yesterday' is not a time such as "
                        + "2026-05-17T10:05:00Z or 2026-05-17T12:05:00+02:00");
    }

    @Test
    void aListWithoutAServerSaysWhatToDo() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(run("stream", "list", "--port", String.valueOf(port), "--data", folder.toString()))
                .isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("tailrace: No server answers at http://localhost:" + port
                        + ": start one with 'tailrace start', or say with --port where it is."
                        + System.lineSeparator());
    }

    @Test
    void theMostWantedFlagsComeFirst() {
        run("start", "--help");
        String help = out.toString();
        assertThat(help.indexOf("--data")).isLessThan(help.indexOf("--port="));
        assertThat(help.indexOf("--port=")).isLessThan(help.indexOf("--admin-port"));
        assertThat(help.indexOf("--durability=")).isLessThan(help.indexOf("--http-max-body"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "start --nonsense", "start extra", "stream", "stream tail", "start --port"})
    void whatIsNotUnderstoodIsUsage(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).startsWith("tailrace: ").contains("--help'.").doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void badSettingsAreAllNamed() {
        assertThat(run("start", "--data", folder.toString(), "--port", "no", "--durability", "gold"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("setting port: 'no' (from flag --port) cannot be used")
                .contains("setting durability: 'gold' (from flag --durability) cannot be used")
                .doesNotContain("\tat ");
    }

    @Test
    void aStartThatFailsIsASentence() {
        assertThat(run("start", "--data", "/proc/nowhere", "--port", "0", "--admin-port", "0", "--kafka-port", "0"))
                .isEqualTo(1);
        assertThat(err.toString())
                .startsWith("tailrace: ")
                .contains("/proc/nowhere")
                .doesNotContain("\tat ");
    }

    @Test
    void aStreamThatCannotBeReadIsASentence() {
        assertThat(run("stream", "tail", "Nothing", "--bootstrap-servers", "not a server"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("kafka.bootstrap.servers");
    }

    @Test
    void describesTheProcessors() {
        assertThat(run("processors", "describe", "ttl", "--region", "eu-west-3"))
                .isZero();
        assertThat(out.toString())
                .startsWith("ttl")
                .contains("Source: mutations (topics: [tailrace.eu-west-3.mutations])")
                .doesNotContain("index-maintenance");
        assertThat(run("processors", "describe", "nothing")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no processor 'nothing', but gsi, ttl, activity");
    }

    @Test
    void tellsItsVersion() {
        assertThat(run("version")).isZero();
        assertThat(out.toString()).startsWith("Tailrace ").contains("Java ");
    }
}
