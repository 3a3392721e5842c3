package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.capture.EmbeddedBroker;
import io.tailrace.capture.EmbeddedBrokerConfig;
import io.tailrace.processors.ProcessorName;
import io.tailrace.server.runtime.ServerFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * {@code tailrace processors} beside a server that runs none, with a Kafka elsewhere: two of them, one killed while items are
 * written.
 */
final class ProcessorsIT {
    private static final String TABLE = "Orders";
    private static final int TYPES = 5;
    private static final int LOAD = 600;

    @TempDir
    private Path folder;

    private volatile int written;

    @Test
    void anotherInstanceGoesOnForOneThatIsKilled() throws Exception {
        Path quick = Files.writeString(
                folder.resolve("quick.properties"),
                "consumer.session.timeout.ms=10000\nconsumer.heartbeat.interval.ms=1000\n");
        try (EmbeddedBroker elsewhere = EmbeddedBroker.start(new EmbeddedBrokerConfig(folder.resolve("kafka"), 0));
                ServerProcess server = ServerProcess.start(
                                folder.resolve("data"),
                                "--bootstrap-servers",
                                elsewhere.bootstrapServers(),
                                "--processors-enabled",
                                "false",
                                "--indexes-wait-limit",
                                "3s")
                        .awaitReady();
                DynamoDbClient client = server.client()) {
            createTable(client);
            requireRefusalInTime(server);
            String kafka = elsewhere.bootstrapServers();
            try (ServerProcess first = processors(kafka, "first", quick);
                    ServerProcess second = processors(kafka, "second", quick)) {
                first.awaitOutput("Admin");
                second.awaitOutput("Admin");
                write(client, 300);
                assertThat(indexed(client)).isEqualTo(written);
                CompletableFuture<Void> load = CompletableFuture.runAsync(() -> write(client, LOAD));
                ServerFixture.await("some of the load", () -> written > LOAD / 2);
                first.kill();
                load.join();
                assertThat(indexed(client)).isEqualTo(written);
                ServerFixture.await("what expired goes", () -> stored(client) == written);
                assertThat(second.admin("/health"))
                        .contains("\"gsi\"")
                        .contains("\"" + ProcessorName.TTL.text() + "\"");
                second.terminate();
                assertThat(second.awaitExit()).as(second.output()).isEqualTo(143);
            }
        }
    }

    /** Nobody keeps the index yet: whoever waits for it is told so after the limit, and may come again. */
    private static void requireRefusalInTime(ServerProcess server) {
        try (DynamoDbClient impatient = server.impatientClient()) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> impatient.scan(r -> r.tableName(TABLE)
                            .indexName("ByType")
                            .overrideConfiguration(o -> o.putHeader("x-tailrace-wait-for-indexes", "true"))))
                    .isInstanceOf(InternalServerErrorException.class)
                    .hasMessageContaining(
                            "The global secondary indexes do not hold yet what was acknowledged before the"
                                    + " request, after 3000 ms; please retry");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(60));
        }
    }

    @Test
    void whatCannotBeDoneIsSaid() throws Exception {
        try (ServerProcess nowhere = ServerProcess.run("processors", "--only", "gsi")) {
            assertThat(nowhere.awaitExit()).isEqualTo(2);
            assertThat(nowhere.output()).contains("where is Kafka? Name it with --bootstrap-servers");
        }
        try (ServerProcess unknown = ServerProcess.run("processors", "--only", "gsi,lsi")) {
            assertThat(unknown.awaitExit()).isEqualTo(2);
            assertThat(unknown.output()).contains("one or several of gsi, ttl, activity");
        }
        try (ServerProcess first = processors("127.0.0.1:1", "same", null)) {
            first.awaitOutput("Admin");
            try (ServerProcess second = processors("127.0.0.1:1", "same", null)) {
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(second.output()).contains("give these a data directory of their own");
            }
        }
    }

    private ServerProcess processors(String kafka, String name, Path clientProperties) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "processors",
                "--only",
                "gsi,ttl",
                "--bootstrap-servers",
                kafka,
                "--data",
                folder.resolve(name).toString(),
                "--admin-port",
                "0"));
        if (clientProperties != null) {
            arguments.addAll(List.of("--kafka-client-properties", clientProperties.toString()));
        }
        return ServerProcess.run(arguments.toArray(String[]::new));
    }

    private static void createTable(DynamoDbClient client) {
        client.createTable(r -> r.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("id"), attribute("type"))
                .keySchema(key("id"))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName("ByType")
                        .keySchema(key("type"))
                        .projection(p -> p.projectionType(ProjectionType.ALL))
                        .build()));
        client.updateTimeToLive(r -> r.tableName(TABLE)
                .timeToLiveSpecification(t -> t.attributeName("expires").enabled(true)));
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name) {
        return KeySchemaElement.builder()
                .attributeName(name)
                .keyType(KeyType.HASH)
                .build();
    }

    /** Items of the index; and, for each tenth, another one that is in no index and has expired. */
    private void write(DynamoDbClient client, int count) {
        String expired = Long.toString(Instant.now().minusSeconds(60).getEpochSecond());
        for (int i = 0; i < count; i++) {
            int number = written;
            Map<String, AttributeValue> item = Map.of(
                    "id", AttributeValue.fromS("id" + number),
                    "type", AttributeValue.fromS("type" + number % TYPES));
            client.putItem(r -> r.tableName(TABLE).item(item));
            if (number % 10 == 0) {
                client.putItem(r -> r.tableName(TABLE)
                        .item(Map.of(
                                "id", AttributeValue.fromS("expired" + number),
                                "expires", AttributeValue.fromN(expired))));
            }
            written = number + 1;
        }
    }

    private static int stored(DynamoDbClient client) {
        return (int) client.scanPaginator(r -> r.tableName(TABLE).consistentRead(true)).items().stream()
                .count();
    }

    /** How many items a scan of the index finds that waits for all that was written; each is there once. */
    private int indexed(DynamoDbClient client) {
        Map<String, Integer> found = new HashMap<>();
        Map<String, AttributeValue> start = null;
        do {
            Map<String, AttributeValue> from = start;
            var page = retrying(() -> client.scan(r -> r.tableName(TABLE)
                    .indexName("ByType")
                    .limit(150)
                    .exclusiveStartKey(from)
                    .overrideConfiguration(o -> o.putHeader("x-tailrace-wait-for-indexes", "true"))));
            page.items().forEach(item -> found.merge(item.get("id").s(), 1, Integer::sum));
            start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
        } while (start != null);
        assertThat(found.values()).containsOnly(1);
        return found.size();
    }

    /** While partitions move, reads are refused with an error that may be retried. */
    private static <T> T retrying(Supplier<T> read) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (true) {
            try {
                return read.get();
            } catch (DynamoDbException refused) {
                if (refused.statusCode() < 500 || System.nanoTime() > deadline) {
                    throw refused;
                }
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
    }
}
