package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real server whose system calls fail, as a broken disk or want of memory makes them, refuses writes with an error that
 * clients retry, goes on reading, and takes writes again without a restart; nothing that was acknowledged is lost. The tests
 * share one server, so each trouble meets what the others left; in the end it is killed.
 */
@Timeout(300)
final class FailingCallsIT {
    private static final String REFUSED = "until the journal and the state work again";
    private static final String UNLIMITED = "unlimited";
    private static final String NOT_MAPPED = "Failed to acquireByteStore";
    private static final int MAX_FILE_BYTES = 16 << 10;
    /** For everything but a journal file, of which 512 MB are mapped. */
    private static final long SPARE_BYTES = 128L << 20;

    @TempDir
    private static Path folder;

    private static ServerProcess server;
    private static TroubledLoad load;

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.start(folder, "--kafka-enabled", "false", "--journal-roll-interval", "1s")
                .awaitReady();
        load = TroubledLoad.start(server, 100);
    }

    @AfterAll
    static void nothingIsLost() throws Exception {
        try {
            load.stopAndCompare(server);
            server.kill();
            try (ServerProcess again =
                    ServerProcess.start(folder, "--kafka-enabled", "false").awaitReady()) {
                load.compare(again);
            }
        } finally {
            load.close();
            server.close();
        }
    }

    /** The kernel answers EIO to every fsync and fdatasync of the process, which strace sees to. */
    @Test
    void aDiskThatCannotBeForced() throws Exception {
        assumeThat(SmallDisk.run("strace", "-f", "-o", "/dev/null", "true"))
                .as("strace is there, and may trace")
                .isZero();
        load.awaitWrites(20);
        Process strace = new ProcessBuilder(
                        "strace",
                        "-f",
                        "-qq",
                        "-o",
                        "/dev/null",
                        "-p",
                        Long.toString(server.pid()),
                        "-e",
                        "trace=fsync,fdatasync",
                        "-e",
                        "inject=fsync,fdatasync:error=EIO")
                .inheritIO()
                .start();
        try {
            TroubledLoad.await(
                    "strace is attached, or may not be",
                    () -> !strace.isAlive() || server.output().contains("Input/output error"));
            assumeThat(strace.isAlive())
                    .as("strace may trace a process that runs already")
                    .isTrue();
            load.awaitRefusals(REFUSED);
            assertThat(server.health()).contains("\"engine\":{\"state\":\"failed\"", "Input/outputerror");
        } finally {
            strace.destroy(); // it lets go of the process
            assertThat(strace.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
        isOver();
    }

    /** EFBIG for what a full quota or a failing disk may refuse with any other error. */
    @Test
    void aDiskThatTakesNoLargerFiles() throws Exception {
        load.awaitWrites(20);
        limit("fsize", Integer.toString(MAX_FILE_BYTES));
        load.awaitRefusals(REFUSED);
        assertThat(server.output()).contains("File too large");
        limit("fsize", UNLIMITED);
        isOver();
    }

    /** A journal file cannot be mapped. The one that was is not mapped any more, because of another trouble before. */
    @Test
    void memoryThatCannotBeMapped() throws Exception {
        load.awaitWrites(20);
        limit("fsize", Integer.toString(MAX_FILE_BYTES));
        load.awaitRefusals(REFUSED);
        limit("as", Long.toString(mappedBytes() + SPARE_BYTES));
        limit("fsize", UNLIMITED);
        TroubledLoad.await("a file cannot be mapped", () -> server.output().contains(NOT_MAPPED));
        load.awaitRefusals(REFUSED);
        limit("as", UNLIMITED);
        isOver();
    }

    private static void isOver() {
        load.awaitWrites(50);
        TroubledLoad.await("all is well", () -> server.health().contains("\"engine\":{\"state\":\"running\""));
    }

    /** The soft limit only: it can be raised again without privileges. */
    private static void limit(String resource, String value) {
        assumeThat(SmallDisk.run("prlimit", "--version"))
                .as("prlimit is there, to change the limit of another process")
                .isZero();
        assertThat(SmallDisk.run("prlimit", "--pid", Long.toString(server.pid()), "--" + resource + "=" + value + ":"))
                .isZero();
    }

    private static long mappedBytes() throws IOException {
        String status = Files.readString(Path.of("/proc", Long.toString(server.pid()), "status"));
        return Long.parseLong(status.replaceAll("(?s).*VmSize:\\s+(\\d+) kB.*", "$1")) << 10;
    }
}
