package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.runtime.ServerFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReplicaStatus;
import software.amazon.awssdk.services.dynamodb.model.ReplicationGroupUpdate;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** A global table is written here and read there, over two regions of one server and over two servers with a Kafka each. */
final class GlobalTablesIT {
    private static final String EAST = "us-east-1";
    private static final String WEST = "eu-west-1";
    private static final String TABLE = "Orders";
    private static final int ITEMS = 50;

    @TempDir
    private Path folder;

    @Test
    void twoRegionsOfOneServer() {
        try (ServerFixture server = ServerFixture.start(folder, Map.of());
                DynamoDbClient east = server.client(EAST);
                DynamoDbClient west = server.client(WEST)) {
            createTable(east);
            write(east, "before", ITEMS);
            addReplica(east, WEST);
            awaitReplicas(east, west);
            assertThat(table(west).tableArn()).contains(":" + WEST + ":");
            awaitSame(east, west, ITEMS);
            write(west, "from west", 2 * ITEMS);
            awaitSame(east, west, 2 * ITEMS);
            write(east, "from east", ITEMS / 2);
            east.deleteItem(r -> r.tableName(TABLE).key(Map.of("k", AttributeValue.fromS("key-0"))));
            awaitSame(east, west, 2 * ITEMS - 1);
            assertThat(items(west).get("key-1")).isEqualTo("from east");
            assertThat(items(west).get("key-" + ITEMS)).isEqualTo("from west");
            assertThat(server.server().health().others().get(WEST).parts())
                    .anySatisfy(part -> assertThat(part.name() + part.figures().get("sources"))
                            .isEqualTo("replication1"));
        }
    }

    @Test
    void twoServersOfWhichOneIsKilled() throws Exception {
        int eastKafka = freePort();
        int westKafka = freePort();
        String[] ofEast = {
            "--kafka-port", Integer.toString(eastKafka), "--replication-peers", WEST + "=127.0.0.1:" + westKafka
        };
        // What comes into the west is brought by a process of its own.
        String[] ofWest = {
            "--region",
            WEST,
            "--kafka-port",
            Integer.toString(westKafka),
            "--only",
            "gsi",
            "--replication-peers",
            EAST + "=127.0.0.1:" + eastKafka
        };
        try (ServerProcess eastServer = ServerProcess.start(folder.resolve("east"), ofEast);
                ServerProcess intoWest = replication(westKafka, eastKafka)) {
            try (ServerProcess westServer = ServerProcess.start(folder.resolve("west"), ofWest)) {
                try (DynamoDbClient east = eastServer.awaitReady().client(EAST);
                        DynamoDbClient west = westServer.awaitReady().client(WEST)) {
                    createTable(east);
                    write(east, "before", ITEMS);
                    addReplica(east, WEST);
                    awaitReplicas(east, west);
                    awaitSame(east, west, ITEMS);
                    write(west, "from west", 2 * ITEMS);
                    westServer.kill();
                }
            }
            try (DynamoDbClient east = eastServer.client(EAST)) {
                write(east, "while west is away", ITEMS);
                east.deleteItem(r -> r.tableName(TABLE).key(Map.of("k", AttributeValue.fromS("key-0"))));
            }
            try (ServerProcess westServer =
                            ServerProcess.start(folder.resolve("west"), ofWest).awaitReady();
                    DynamoDbClient east = eastServer.client(EAST);
                    DynamoDbClient west = westServer.client(WEST)) {
                awaitSame(east, west, 2 * ITEMS - 1);
                assertThat(items(west).get("key-1")).isEqualTo("while west is away");
                assertThat(items(east).get("key-" + ITEMS)).isEqualTo("from west");
                assertThat(intoWest.admin("/health").replaceAll("\\s", ""))
                        .contains("\"replication\":{\"state\":\"running\",\"sources\":1,");
            }
        }
    }

    private ServerProcess replication(int westKafka, int eastKafka) throws IOException {
        return ServerProcess.run(
                "processors",
                "--only",
                "replication",
                "--region",
                WEST,
                "--bootstrap-servers",
                "127.0.0.1:" + westKafka,
                "--replication-peers",
                EAST + "=127.0.0.1:" + eastKafka,
                "--data",
                folder.resolve("replication").toString(),
                "--admin-port",
                "0");
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private static void createTable(DynamoDbClient client) {
        client.createTable(r -> r.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("k")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("k")
                        .keyType(KeyType.HASH)
                        .build())
                .streamSpecification(s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
    }

    private static void addReplica(DynamoDbClient client, String region) {
        client.updateTable(r -> r.tableName(TABLE)
                .replicaUpdates(ReplicationGroupUpdate.builder()
                        .create(c -> c.regionName(region))
                        .build()));
    }

    private static void awaitReplicas(DynamoDbClient east, DynamoDbClient west) {
        for (DynamoDbClient client : new DynamoDbClient[] {east, west}) {
            ServerFixture.await("two active replicas", () -> isGlobal(client));
        }
    }

    private static boolean isGlobal(DynamoDbClient client) {
        try {
            TableDescription table = table(client);
            return table.tableStatus() == TableStatus.ACTIVE
                    && !table.replicas().isEmpty()
                    && table.replicas().stream().allMatch(replica -> replica.replicaStatus() == ReplicaStatus.ACTIVE);
        } catch (ResourceNotFoundException notYet) {
            return false;
        }
    }

    private static TableDescription table(DynamoDbClient client) {
        return client.describeTable(r -> r.tableName(TABLE)).table();
    }

    /** Puts the first items. */
    private static void write(DynamoDbClient client, String value, int items) {
        for (int i = 0; i < items; i++) {
            Map<String, AttributeValue> item =
                    Map.of("k", AttributeValue.fromS("key-" + i), "v", AttributeValue.fromS(value));
            client.putItem(r -> r.tableName(TABLE).item(item));
        }
    }

    private static Map<String, String> items(DynamoDbClient client) {
        Map<String, String> items = new TreeMap<>();
        client.scanPaginator(r -> r.tableName(TABLE))
                .items()
                .forEach(item -> items.put(item.get("k").s(), item.get("v").s()));
        return items;
    }

    private static void awaitSame(DynamoDbClient east, DynamoDbClient west, int count) {
        ServerFixture.await(count + " equal items in both regions", () -> {
            Map<String, String> here = items(east);
            return here.size() == count && here.equals(items(west));
        });
    }
}
