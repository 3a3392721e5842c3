package io.tailrace.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Proves that the embedded broker keeps its data over restarts and kills, and that it says why when it cannot start. */
@Timeout(300)
class EmbeddedBrokerIT {
    private static final String TOPIC = "things";

    @TempDir
    private Path dir;

    @Test
    void keepsRecordsOverRestartAndStopsWithinSeconds() throws Exception {
        long written;
        try (EmbeddedBroker broker = EmbeddedBroker.start(new EmbeddedBrokerConfig(dir, 0))) {
            KafkaProbe.createTopic(broker.bootstrapServers(), TOPIC, 2);
            KafkaProbe.produce(broker.bootstrapServers(), List.of(record(0, "a"), record(1, "b"), record(0, "c")));
            written = System.nanoTime();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - written)).isLessThan(Duration.ofSeconds(30));
        try (EmbeddedBroker broker = EmbeddedBroker.start(new EmbeddedBrokerConfig(dir, 0))) {
            assertThat(values(broker.bootstrapServers())).containsExactly("a", "c", "b");
        }
    }

    @Test
    void recoversAfterKill() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(dir, 0)) {
            KafkaProbe.createTopic(broker.bootstrapServers(), TOPIC, 1);
            KafkaProbe.produce(broker.bootstrapServers(), List.of(record(0, "a"), record(0, "b")));
            broker.kill();
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(new EmbeddedBrokerConfig(dir, 0))) {
            KafkaProbe.produce(broker.bootstrapServers(), List.of(record(0, "c")));
            assertThat(values(broker.bootstrapServers())).containsExactly("a", "b", "c");
        }
    }

    /** Kafka gives its directory up when a file in it cannot be written, and ends; here another broker takes its place. */
    @Test
    void aFailedDirectoryIsReportedAndAnotherBrokerGoesOn() throws Exception {
        Path log = dir.resolve("log");
        Path away = dir.resolve("away");
        int port;
        try (EmbeddedBroker broker = EmbeddedBroker.start(new EmbeddedBrokerConfig(dir, 0))) {
            port = broker.port();
            KafkaProbe.createTopic(broker.bootstrapServers(), TOPIC, 1);
            KafkaProbe.produce(broker.bootstrapServers(), List.of(record(0, "a"), record(0, "b")));
            assertThat(broker.failure()).isEmpty();
            Files.move(log, away);
            Await.until("the failure", () -> broker.failure().isPresent());
            Files.move(away, log);
            assertThat(broker.failure().orElseThrow()).contains("the embedded broker failed", log.toString());
        }
        assertThat(log.resolve(".kafka_cleanshutdown")).doesNotExist();
        try (EmbeddedBroker broker = EmbeddedBroker.start(new EmbeddedBrokerConfig(dir, port))) {
            KafkaProbe.produce(broker.bootstrapServers(), List.of(record(0, "c")));
            assertThat(values(broker.bootstrapServers())).containsExactly("a", "b", "c");
            assertThat(broker.failure()).isEmpty();
        }
    }

    @Test
    void formatsAgainAfterAnIncompleteFormat() throws Exception {
        Files.createDirectories(dir.resolve("log.formatting/__cluster_metadata-0"));
        Files.writeString(dir.resolve("log.formatting/bootstrap.checkpoint"), "torn");
        Files.createDirectories(dir.resolve("log"));
        Files.writeString(dir.resolve("log/bootstrap.checkpoint"), "torn");
        try (EmbeddedBroker broker = EmbeddedBroker.start(new EmbeddedBrokerConfig(dir, 0))) {
            KafkaProbe.createTopic(broker.bootstrapServers(), TOPIC, 1);
        }
    }

    @Test
    void refusesADirectoryWithDataButWithoutIdentity() throws Exception {
        Files.createDirectories(dir.resolve("log/orders-0"));
        assertThatThrownBy(() -> EmbeddedBroker.start(new EmbeddedBrokerConfig(dir, 0)))
                .isInstanceOf(EmbeddedBrokerException.class)
                .hasMessageContaining("orders-0")
                .hasMessageContaining(dir.resolve("log").toString());
        assertThat(dir.resolve("log/orders-0")).exists();
    }

    @Test
    void namesTheSettingWhenThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> EmbeddedBroker.start(new EmbeddedBrokerConfig(dir, port)))
                    .isInstanceOf(EmbeddedBrokerException.class)
                    .hasMessageContaining("kafka.port")
                    .hasMessageContaining(Integer.toString(port));
        }
        assertThatThrownBy(() -> new EmbeddedBrokerConfig(dir, 70_000, "the.port", Map.of()))
                .hasMessage("the.port is 70000: allowed are 0 to 65535");
    }

    private static ProducerRecord<byte[], byte[]> record(int partition, String value) {
        return new ProducerRecord<>(TOPIC, partition, null, value.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> values(String bootstrapServers) {
        return KafkaProbe.readAll(bootstrapServers, TOPIC).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
