package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real server whose disk fills up, or that may open no more files, refuses writes with an error that clients retry, goes on
 * reading, and takes writes again without a restart; nothing that was acknowledged is lost.
 */
@Timeout(300)
final class DiskTroubleIT {
    private static final long MIB = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void aFullDiskRefusesWritesUntilThereIsRoom() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 180)) {
            Path data = disk.path().resolve("data");
            TroubledLoad load;
            try (ServerProcess server = ServerProcess.start(data).awaitReady()) {
                load = TroubledLoad.start(server, 1000);
                server.awaitKafka();
                load.awaitWrites(20);

                disk.fill(40 * MIB);
                load.awaitRefusals("the disk is full");
                assertThat(server.health()).contains("\"engine\":{\"state\":\"failed\"", "thediskisfull");
                disk.fill(0);
                // Kafka's controller writes all the time, and gives up.
                TroubledLoad.await("the broker fails", () -> !isBrokerRunning(server));
                load.awaitRefusals("the disk is full");

                disk.free();
                load.awaitWrites(50);
                TroubledLoad.await("the broker is replaced", () -> isBrokerRunning(server));
                load.awaitWrites(50);

                disk.fill(0);
                load.awaitRefusals("the disk is full");
                server.kill();
                load.stop();
            }
            try (ServerProcess refused = ServerProcess.start(data)) {
                assertThat(refused.awaitExit()).as(refused.output()).isEqualTo(1);
                assertThat(refused.output()).contains("No space left on device").doesNotContain("\tat ");
            }
            disk.free();
            try (ServerProcess again = ServerProcess.start(data).awaitReady()) {
                load.compare(again);
                TroubledLoad.await(
                        "everything is captured",
                        () -> again.health().contains("\"capture\":{\"state\":\"running\"")
                                && again.health().contains("\"lagRecords\":0,\"lagMillis\""));
            }
            load.close();
        }
    }

    @Test
    void withTooFewOpenFilesWritesAreRefusedUntilThereAreMore() throws Exception {
        assumeThat(SmallDisk.run("prlimit", "--version"))
                .as("prlimit is there, to change the limit of another process")
                .isZero();
        try (ServerProcess server = ServerProcess.start(
                                folder, "--kafka-enabled", "false", "--journal-roll-interval", "1s")
                        .awaitReady();
                TroubledLoad load = TroubledLoad.start(server, 100)) {
            load.awaitWrites(20);
            limitOpenFiles(server, openFiles(server));
            load.awaitRefusals("until the journal and the state work again");
            assertThat(server.output()).contains("Too many open files");
            limitOpenFiles(server, 4096);
            load.awaitWrites(50);
            assertThat(server.output()).contains("writes are taken");
            load.stopAndCompare(server);
            server.kill();
            try (ServerProcess again =
                    ServerProcess.start(folder, "--kafka-enabled", "false").awaitReady()) {
                load.compare(again);
            }
        }
    }

    private static boolean isBrokerRunning(ServerProcess server) {
        return server.health().contains("\"broker\":{\"state\":\"running\"");
    }

    /** The soft limit only: it can be raised again without privileges. */
    private static void limitOpenFiles(ServerProcess server, long files) {
        assertThat(SmallDisk.run("prlimit", "--pid", Long.toString(server.pid()), "--nofile=" + files + ":"))
                .isZero();
    }

    private static long openFiles(ServerProcess server) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(server.pid()), "fd"))) {
            return open.count();
        }
    }
}
