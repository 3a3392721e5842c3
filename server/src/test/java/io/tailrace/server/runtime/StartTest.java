package io.tailrace.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.server.admin.PartState;
import io.tailrace.server.settings.Setting;
import io.tailrace.server.settings.TailraceSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A server serves tables whatever Kafka does, and one that cannot start says why and leaves nothing behind. */
final class StartTest {
    private static final String NOBODY = "127.0.0.1:1";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"port", "admin.port", "kafka.port"})
    void aTakenPortIsNamedWithItsSetting(String name) throws IOException {
        Setting<?> setting = TailraceSettings.all().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThatThrownBy(() -> ServerFixture.start(folder, Map.of(setting, port)))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + port + " (setting " + name + ")")
                    .hasMessageContaining(setting.flag());
        }
        ServerFixture.withoutKafka(folder).close();
    }

    @Test
    void aDataDirectoryHasOneServer() {
        try (ServerFixture first = ServerFixture.withoutKafka(folder)) {
            assertThatThrownBy(() -> ServerFixture.withoutKafka(folder))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("in use");
            assertThat(first.admin("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void tablesAreServedWhileKafkaIsAway() {
        try (ServerFixture server =
                        ServerFixture.start(folder, Map.of(TailraceSettings.KAFKA_BOOTSTRAP_SERVERS, NOBODY));
                DynamoDbClient client = server.client()) {
            assertThat(client.listTables().tableNames()).isEmpty();
            assertThat(server.admin("/health").statusCode()).isEqualTo(200);
            ServerFixture.await(
                    "capture is not running",
                    () -> server.server().health().part("capture").state() != PartState.RUNNING);
            assertThat(server.server().health().part("broker").detail()).contains(NOBODY);
        }
    }

    @Test
    void whatWaitsForReplicationIsNotServing() {
        try (ServerFixture server = ServerFixture.start(
                folder,
                Map.of(TailraceSettings.KAFKA_BOOTSTRAP_SERVERS, NOBODY, TailraceSettings.DURABILITY, "replicated"))) {
            assertThat(server.admin("/health").statusCode()).isEqualTo(503);
            assertThat(server.admin("/health").body()).contains("\"status\" : \"not serving\"");
        }
    }
}
