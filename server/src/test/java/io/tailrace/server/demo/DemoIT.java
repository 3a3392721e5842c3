package io.tailrace.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a process takes a log through all of Tailrace, and its totals are those that awk counts. */
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class DemoIT {
    private static final int ACTIVITIES = 3_000;

    @TempDir
    Path folder;

    @Test
    void totalsOfARealLogAreThoseOfAwk() throws IOException, InterruptedException {
        Path log = AccessLogs.real().orElse(null);
        Assumptions.assumeTrue(log != null, "no real log: name one with -Dtest.jvm.extra=-Dtailrace.test.log=FILE");

        JsonNode report = run(log, 0);

        AccessLogs.count(log).assertAgreesWith(report);
    }

    @Test
    void theSameInputAgainAddsNothing() throws IOException, InterruptedException {
        Path log = AccessLogs.write(folder.resolve("access.log"), ACTIVITIES);
        AccessLogs.Counted counted = AccessLogs.count(log);

        JsonNode first = run(log, 0);
        JsonNode second = run(log, 0);

        counted.assertAgreesWith(first);
        assertThat(first.path("malformed").asLong())
                .isEqualTo(Files.readAllLines(log).size() - counted.activities());
        assertThat(second).isEqualTo(first);
    }

    @Test
    void saysWhatDiffersWhenTheDirectoryHeldSomethingElse() throws IOException {
        Path log = AccessLogs.write(folder.resolve("access.log"), 100);
        Path other = Files.writeString(
                folder.resolve("other.log"),
                "10.9.8.7 - - [01/Jan/2024:00:00:00 +0000] \"GET /other HTTP/1.1\" 200 7\n");
        run(log, 0);

        JsonNode report = run(other, 1, "--patience", "1");

        assertThat(report.path("differences").toString())
                .contains("items in the table: 101, but the input has 1 (+100)");
    }

    private JsonNode run(Path log, int exitCode, String... more) throws IOException {
        Path file = folder.resolve("report.json");
        String[] arguments = {"--input", log.toString(), "--exit", "--report", file.toString(), "--kafka-port", "0"};
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        try (DemoProcess demo = DemoProcess.demo(folder.resolve("data"), all)) {
            assertThat(demo.awaitExit()).as(demo.output()).isEqualTo(exitCode);
        }
        return AccessLogs.report(file);
    }
}
