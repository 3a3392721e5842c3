package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real server whose Java heap is exhausted by requests ends no thread that it needs: who is not served is told to come again,
 * reads go on for those who do, and afterwards all is as before, without a restart; nothing that was acknowledged is lost.
 */
@Timeout(300)
final class MemoryTroubleIT {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryTroubleIT.class);
    private static final String EXHAUSTED = "OutOfMemoryError";
    private static final int HOGS = 4;
    private static final int MANY = 200;

    @TempDir
    private Path folder;

    @Test
    void anExhaustedHeapRefusesRequestsUntilThereIsMemory() throws Exception {
        try (ServerProcess server = ServerProcess.startWithHeap("48m", folder, "--kafka-enabled", "false")
                        .awaitReady();
                TroubledLoad load = TroubledLoad.startPatientReads(server, 100)) {
            load.awaitWrites(20);
            try (MemoryHogs hogs = MemoryHogs.start(server, HOGS)) {
                // Where bodies are refused before they fill the heap, that is as well.
                TroubledLoad.await(
                        "the heap is exhausted, or kept from it",
                        () -> server.output().contains(EXHAUSTED) || hogs.count() >= MANY);
                load.awaitReads(5);
                LOG.info("answers to large requests: {}", hogs.answers());
                assertThat(hogs.answers().keySet())
                        .isSubsetOf(MemoryHogs.DONE, MemoryHogs.NONE, "InternalServerError", "ThrottlingException");
            }
            load.awaitWrites(100);
            load.awaitReads(100);
            TroubledLoad.await("all is well", () -> server.health().contains("\"engine\":{\"state\":\"running\""));
            load.stopAndCompare(server);
            server.kill();
            try (ServerProcess again =
                    ServerProcess.start(folder, "--kafka-enabled", "false").awaitReady()) {
                load.compare(again);
            }
        }
    }
}
