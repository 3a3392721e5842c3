package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.capture.EmbeddedBroker;
import io.tailrace.capture.EmbeddedBrokerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Without Kafka a server takes writes until its journal has the size that it may have, with an alarm before; when Kafka is
 * there, writes go on, and journal files that nothing needs any more leave.
 */
@Timeout(300)
final class KafkaAwayIT {
    private static final long MAX_BYTES = 64L << 20;
    private static final Pattern JOURNAL_BYTES =
            Pattern.compile("^tailrace_journal_size_bytes\\{[^}]*} (\\S+)$", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    @Test
    void theJournalIsBoundedWhileKafkaIsAwayAndShrinksWhenItIsBack() throws Exception {
        int port = freePort();
        Path data = folder.resolve("data");
        String[] settings = {
            "--kafka-bootstrap-servers", "127.0.0.1:" + port,
            "--journal-max-size", "64mb",
            "--journal-roll-size", "16mb",
            "--journal-retention", "0ms",
            "--processors-enabled", "false"
        };
        try (ServerProcess server = ServerProcess.start(data, settings).awaitReady();
                TroubledLoad load = TroubledLoad.start(server, 200_000)) {
            load.awaitWrites(10);
            TroubledLoad.await("the alarm", () -> server.health().contains("\"journal\":{\"state\":\"degraded\""));
            assertThat(server.output()).contains("percent of journal.max.size; beyond it writes are refused");
            load.awaitRefusals("journal.max.size");
            assertThat(server.health()).contains("\"journal\":{\"state\":\"failed\"", "journal.max.size");
            assertThat(journalBytes(server)).isLessThanOrEqualTo(MAX_BYTES);
            assertThat(segments(data)).hasSizeGreaterThan(3);

            try (EmbeddedBroker broker =
                    EmbeddedBroker.start(new EmbeddedBrokerConfig(folder.resolve("broker"), port))) {
                assertThat(broker.port()).isEqualTo(port);
                load.awaitWrites(50);
                load.stopAndCompare(server);
                TroubledLoad.await("the files leave", () -> segments(data).size() <= 2);
                assertThat(server.health()).contains("\"journal\":{\"state\":\"running\"");
                assertThat(journalBytes(server)).isLessThan(MAX_BYTES / 2);
                server.terminate();
                server.awaitExit();
            }
        }
    }

    private static double journalBytes(ServerProcess server) throws IOException, InterruptedException {
        Matcher found = JOURNAL_BYTES.matcher(server.admin("/metrics"));
        assertThat(found.find()).isTrue();
        return Double.parseDouble(found.group(1));
    }

    private static List<Path> segments(Path data) {
        try (Stream<Path> files = Files.list(data.resolve("journal"))) {
            return files.filter(Files::isDirectory).toList();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
