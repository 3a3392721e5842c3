package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The jar starts without flags for Java, keeps what it acknowledged, stops on SIGTERM, and refuses what it must. */
final class StartIT {
    /** Of a server with a table, index, time to live and the embedded broker: 2 MB were measured. */
    private static final long MAX_IDLE_KIBIBYTES = 5 * 1024;

    private static final String MARK = "a-text-that-is-nowhere-else";

    @TempDir
    private Path folder;

    private static Map<String, AttributeValue> key(String value) {
        return Map.of("k", AttributeValue.fromS(value));
    }

    private static void createTable(DynamoDbClient client) {
        client.createTable(r -> r.tableName("Things")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("k")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("k")
                        .keyType(KeyType.HASH)
                        .build()));
    }

    @Test
    void withKafkaItStartsServesAndStopsOnSigterm() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder).awaitReady();
                DynamoDbClient client = server.client()) {
            createTable(client);
            client.putItem(r -> r.tableName("Things").item(key("kept")));
            client.updateTimeToLive(r -> r.tableName("Things")
                    .timeToLiveSpecification(t -> t.attributeName("due").enabled(true)));
            assertThat(server.get("/health").statusCode()).isEqualTo(200);
            TroubledLoad.await(
                    "a processor runs",
                    () -> server.health().contains("\"ttl\":{\"state\":\"running\",\"lagRecords\":"));
            requireSmall(server);

            long start = System.nanoTime();
            server.terminate();
            assertThat(server.awaitExit()).as(server.output()).isEqualTo(128 + 15);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
            assertThat(server.output()).doesNotContain("ERROR").doesNotContain("\tat ");
        }
        try (ServerProcess again =
                        ServerProcess.start(folder, "--kafka-enabled", "false").awaitReady();
                DynamoDbClient client = again.client()) {
            assertThat(client.getItem(r -> r.tableName("Things").key(key("kept")))
                            .item())
                    .isEqualTo(key("kept"));
        }
    }

    /** What the disk has given, holes not counted, and what the meters say of it. */
    private void requireSmall(ServerProcess server) throws IOException, InterruptedException {
        assertThat(allocatedKibibytes(folder)).isBetween(100L, MAX_IDLE_KIBIBYTES);
        assertThat(server.admin("/metrics"))
                .contains("tailrace_table_disk_bytes{region=\"us-east-1\",table=\"Things\"}")
                .containsPattern("(?m)^tailrace_disk_used_bytes [1-9]")
                .containsPattern("(?m)^tailrace_broker_size_bytes [1-9]")
                .containsPattern("(?m)^tailrace_state_size_bytes\\{region=\"us-east-1\"} [1-9]")
                .containsPattern("(?m)^tailrace_processors_size_bytes\\{region=\"us-east-1\"} [1-9]")
                .containsPattern("(?m)^tailrace_journal_size_bytes\\{region=\"us-east-1\"} [1-9]");
    }

    private static long allocatedKibibytes(Path directory) throws IOException, InterruptedException {
        Process du = new ProcessBuilder("du", "-sk", directory.toString()).start();
        String printed = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(du.waitFor()).isZero();
        return Long.parseLong(printed.split("\\s", 2)[0]);
    }

    @Test
    void afterAKillEverythingAcknowledgedIsThere() throws Exception {
        try (ServerProcess server =
                        ServerProcess.start(folder, "--kafka-enabled", "false").awaitReady();
                DynamoDbClient client = server.client()) {
            createTable(client);
            for (int i = 0; i < 50; i++) {
                String name = "item" + i;
                client.putItem(r -> r.tableName("Things").item(key(name)));
            }
            server.kill();
        }
        try (ServerProcess again =
                        ServerProcess.start(folder, "--kafka-enabled", "false").awaitReady();
                DynamoDbClient client = again.client()) {
            assertThat(client.scan(r -> r.tableName("Things")).count()).isEqualTo(50);
        }
    }

    @Test
    void aSecondServerOnTheSameDirectoryIsRefused() throws Exception {
        try (ServerProcess first =
                        ServerProcess.start(folder, "--kafka-enabled", "false").awaitReady();
                ServerProcess second = ServerProcess.start(folder, "--kafka-enabled", "false")) {
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.output())
                    .contains("tailrace: the data directory " + folder + " is in use by another process")
                    .doesNotContain("\tat ");
            assertThat(first.output()).doesNotContain("ERROR");
        }
    }

    @Test
    void aCorruptJournalStopsTheStartWithThePosition() throws Exception {
        try (ServerProcess server =
                        ServerProcess.start(folder, "--kafka-enabled", "false").awaitReady();
                DynamoDbClient client = server.client()) {
            createTable(client);
            client.putItem(r -> r.tableName("Things").item(key(MARK)));
            client.putItem(r -> r.tableName("Things").item(key("one more after it")));
            server.kill();
        }
        corruptTheMark();
        try (ServerProcess again = ServerProcess.start(folder, "--kafka-enabled", "false")) {
            assertThat(again.awaitExit()).as(again.output()).isEqualTo(1);
            assertThat(again.output())
                    .containsPattern(
                            "tailrace: the journal is corrupt: .*file .*index 0x[0-9a-f]+, expected sequence 2")
                    .contains("docs/operations.md")
                    .doesNotContain("\tat ");
        }
    }

    private void corruptTheMark() throws IOException {
        byte[] mark = MARK.getBytes(StandardCharsets.UTF_8);
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder.resolve("journal"))) {
            files = all.filter(Files::isRegularFile).toList();
        }
        boolean found = false;
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            for (int at = 0; at + mark.length <= bytes.length; at++) {
                if (Arrays.equals(bytes, at, at + mark.length, mark, 0, mark.length)) {
                    bytes[at] ^= 1;
                    found = true;
                }
            }
            Files.write(file, bytes);
        }
        assertThat(found).as("the item's text is in the journal").isTrue();
    }

    @Test
    void theStreamIsPrintedAsLinesOfJson() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder).awaitReady();
                DynamoDbClient client = server.client()) {
            client.createTable(r -> r.tableName("Streamed")
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(AttributeDefinition.builder()
                            .attributeName("k")
                            .attributeType(ScalarAttributeType.S)
                            .build())
                    .keySchema(KeySchemaElement.builder()
                            .attributeName("k")
                            .keyType(KeyType.HASH)
                            .build())
                    .streamSpecification(s -> s.streamEnabled(true).streamViewType("NEW_IMAGE")));
            client.putItem(r -> r.tableName("Streamed").item(key("streamed")));
            String kafka = server.awaitKafka();
            String printed = "";
            long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
            while (!printed.contains("\"streamed\"") && System.nanoTime() < deadline) {
                try (ServerProcess tail =
                        ServerProcess.run("stream", "tail", "Streamed", "--from-start", "--bootstrap-servers", kafka)) {
                    printed = tail.awaitOutput("\"eventName\"");
                    tail.terminate();
                    tail.awaitExit();
                }
            }
            assertThat(printed)
                    .startsWith("{\"eventID\":\"")
                    .contains("\"eventName\":\"INSERT\"")
                    .contains("\"NewImage\":{\"k\":{\"S\":\"streamed\"}}");
        }
    }
}
