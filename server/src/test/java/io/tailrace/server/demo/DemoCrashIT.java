package io.tailrace.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** However often the process is killed in the middle of its work, in the end everything is there, and once. */
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class DemoCrashIT {
    private static final Logger LOG = LoggerFactory.getLogger(DemoCrashIT.class);
    private static final int ACTIVITIES = 12_000;
    private static final int MAX_EXTRA_MILLIS = 700;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"disk, 6", "process, 3"})
    void killsLoseAndDoubleNothing(String durability, int kills) throws IOException, InterruptedException {
        // Each life gets a little further than the one before, and none to the end.
        int further = ACTIVITIES / (kills + 3);
        long seed = Long.getLong("tailrace.test.seed", new Random().nextLong());
        LOG.info("random moments from seed {} (repeat with -Dtest.jvm.extra=-Dtailrace.test.seed={})", seed, seed);
        Random random = new Random(seed);
        Path log = AccessLogs.write(folder.resolve("access.log"), ACTIVITIES);
        Path data = folder.resolve("data");
        Path report = folder.resolve("report.json");
        String[] arguments = {
            "--input",
            log.toString(),
            "--exit",
            "--report",
            report.toString(),
            "--kafka-port",
            "0",
            "--durability",
            durability
        };
        for (int kill = 0; kill < kills; kill++) {
            try (DemoProcess demo = DemoProcess.demo(data, arguments)) {
                demo.awaitWritten(1 + (long) kill * further + random.nextInt(further));
                boolean endedBefore = demo.waitFor(Duration.ofMillis(random.nextInt(MAX_EXTRA_MILLIS)));
                assertThat(endedBefore)
                        .as("in the middle of the work:%n%s", demo.output())
                        .isFalse();
                demo.kill();
                LOG.info("kill {} after {} writes", kill + 1, demo.written());
            }
        }

        try (DemoProcess demo = DemoProcess.demo(data, arguments)) {
            assertThat(demo.awaitExit()).as("seed %d:%n%s", seed, demo.output()).isZero();
        }
        AccessLogs.count(log).assertAgreesWith(AccessLogs.report(report));
    }
}
