package io.tailrace.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.server.admin.PartState;
import io.tailrace.server.settings.RegionSettings;
import io.tailrace.server.settings.Setting;
import io.tailrace.server.settings.TailraceSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** One server hosts several regions that know nothing of one another; the region in the request's credential scope chooses. */
final class RegionsTest {
    private static final int CLIENTS = 12;

    @TempDir
    private Path folder;

    private ServerFixture start(Map<Setting<?>, String> settings) {
        Map<Setting<?>, String> all = new LinkedHashMap<>(settings);
        all.put(TailraceSettings.KAFKA_ENABLED, "false");
        return ServerFixture.start(folder, all);
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

    private static void put(DynamoDbClient client, String value) {
        Map<String, AttributeValue> item = Map.of("k", AttributeValue.fromS("k"), "v", AttributeValue.fromS(value));
        client.putItem(r -> r.tableName("Things").item(item));
    }

    private static String read(DynamoDbClient client) {
        return client.getItem(r -> r.tableName("Things").key(Map.of("k", AttributeValue.fromS("k"))))
                .item()
                .get("v")
                .s();
    }

    @Test
    void tablesOfOneNameInTwoRegionsAreSeparate() {
        try (ServerFixture server = start(Map.of());
                DynamoDbClient east = server.client("us-east-1");
                DynamoDbClient west = server.client("eu-west-1")) {
            createTable(east);
            put(east, "east");
            assertThat(west.listTables().tableNames()).isEmpty();
            assertThatThrownBy(() -> read(west)).isInstanceOf(ResourceNotFoundException.class);
            createTable(west);
            put(west, "west");
            assertThat(read(east)).isEqualTo("east");
            assertThat(read(west)).isEqualTo("west");
            assertThat(west.describeTable(r -> r.tableName("Things")).table().tableArn())
                    .isEqualTo("arn:aws:dynamodb:eu-west-1:000000000000:table/Things");
            assertThat(east.describeTable(r -> r.tableName("Things")).table().tableArn())
                    .isEqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/Things");
            west.deleteTable(r -> r.tableName("Things"));
            assertThat(read(east)).isEqualTo("east");
        }
        assertThat(folder.resolve("regions/eu-west-1/journal")).isDirectory();
    }

    @Test
    void regionsAreThereAgainAfterARestart() {
        try (ServerFixture server = start(Map.of());
                DynamoDbClient west = server.client("eu-west-1")) {
            createTable(west);
            put(west, "west");
        }
        try (ServerFixture server = start(Map.of());
                DynamoDbClient west = server.client("eu-west-1")) {
            assertThat(server.server().health().others()).containsOnlyKeys("eu-west-1");
            assertThat(server.server().health().serving()).isTrue();
            assertThat(server.admin("/health").body().replaceAll("\\s", ""))
                    .startsWith("{\"status\":\"serving\",\"region\":\"us-east-1\",\"parts\":{\"engine\"")
                    .contains(
                            "\"regions\":{\"eu-west-1\":{\"status\":\"serving\",\"parts\":{\"engine\":{\"state\":\"running\"}");
            assertThat(read(west)).isEqualTo("west");
            assertThatThrownBy(() -> createTable(west)).isInstanceOf(ResourceInUseException.class);
        }
        try (ServerFixture server = start(Map.of(RegionSettings.REGIONS, "us-east-1,ap-south-1"))) {
            assertThat(server.server().health().others()).containsOnlyKeys("ap-south-1");
        }
    }

    @Test
    void firstRequestsAtTheSameTimeMakeOneRegion() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try (ServerFixture server = start(Map.of());
                DynamoDbClient west = server.client("eu-west-1");
                DynamoDbClient south = server.client("ap-south-1")) {
            List<Future<Boolean>> creations = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                DynamoDbClient client = i % 2 == 0 ? west : south;
                creations.add(clients.submit(() -> created(client)));
            }
            int created = 0;
            for (Future<Boolean> creation : creations) {
                created += creation.get() ? 1 : 0;
            }
            assertThat(created).isEqualTo(2);
            assertThat(server.server().health().others()).containsOnlyKeys("ap-south-1", "eu-west-1");
        } finally {
            clients.shutdownNow();
        }
    }

    private static boolean created(DynamoDbClient client) {
        try {
            createTable(client);
            return true;
        } catch (ResourceInUseException another) {
            return false;
        }
    }

    @Test
    void aListOfRegionsRefusesOthers() {
        try (ServerFixture server = start(Map.of(RegionSettings.REGIONS, "us-east-1,eu-west-1"));
                DynamoDbClient listed = server.client("eu-west-1");
                DynamoDbClient other = server.client("eu-west-2")) {
            assertThat(listed.listTables().tableNames()).isEmpty();
            assertRefused(
                    other,
                    "Credential should be scoped to a valid region, not 'eu-west-2'. This server hosts 'eu-west-1', "
                            + "'us-east-1' only. ");
        }
        assertThat(folder.resolve("regions/eu-west-2")).doesNotExist();
    }

    @Test
    void whatIsNoRegionIsRefusedAndMakesNothing() {
        try (ServerFixture server = start(Map.of(RegionSettings.REGIONS_MAX, "2"));
                DynamoDbClient odd = server.client("EU.West..");
                DynamoDbClient second = server.client("eu-west-1");
                DynamoDbClient third = server.client("eu-west-2")) {
            assertRefused(
                    odd,
                    "Credential should be scoped to a valid region, not 'EU.West..'. A region's name is 1 to 32 of a-z, "
                            + "0-9 and -. ");
            assertThat(second.listTables().tableNames()).isEmpty();
            assertRefused(
                    third,
                    "Credential should be scoped to a valid region, not 'eu-west-2'. This server hosts 'eu-west-1', "
                            + "'us-east-1', as many as the setting regions.max allows. ");
            assertThat(server.server().health().others()).containsOnlyKeys("eu-west-1");
        }
        assertThat(folder.resolve("regions/eu-west-2")).doesNotExist();
    }

    private static void assertRefused(DynamoDbClient client, String message) {
        assertThatThrownBy(client::listTables).isInstanceOfSatisfying(DynamoDbException.class, refused -> {
            assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InvalidSignatureException");
            assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo(message);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.numAttempts()).isEqualTo(1);
        });
    }

    @Test
    void aRegionOfAnotherServerIsNotHere() {
        try (ServerFixture server = start(Map.of(RegionSettings.PEERS, "eu-west-1=localhost:1"));
                DynamoDbClient west = server.client("eu-west-1")) {
            assertRefused(
                    west,
                    "Credential should be scoped to a valid region, not 'eu-west-1'. It is in another server, says the setting "
                            + "replication.peers. ");
        }
        start(Map.of(RegionSettings.REGIONS, "us-east-1,eu-west-1")).close();
        assertThatThrownBy(() -> start(Map.of(RegionSettings.PEERS, "eu-west-1=localhost:1")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("the region eu-west-1 has tables here, and is in another server");
    }

    @Test
    void aDirectoryKeepsTheRegionThatItBeganWith() {
        start(Map.of(TailraceSettings.REGION_NAME, "eu-west-1")).close();
        assertThatThrownBy(() -> start(Map.of()))
                .isInstanceOf(StartException.class)
                .hasMessage("the data directory " + folder
                        + " began with the region eu-west-1, not us-east-1. Start it with "
                        + "--region eu-west-1, which need not be the only region, or choose another directory");
        try (ServerFixture server = start(Map.of(RegionSettings.REGIONS, "eu-west-1,us-east-1"))) {
            assertThat(server.server().health().region()).isEqualTo("eu-west-1");
        }
    }

    @Test
    void aRegionThatCannotBeOpenedTakesNoOtherWithIt() throws Exception {
        try (ServerFixture server = start(Map.of());
                DynamoDbClient east = server.client("us-east-1");
                DynamoDbClient west = server.client("eu-west-1")) {
            Files.createDirectories(folder.resolve("regions"));
            Path inTheWay = Files.createFile(folder.resolve("regions/eu-west-1"));
            assertThatThrownBy(west::listTables)
                    .isInstanceOf(InternalServerErrorException.class)
                    .hasMessageContaining("The region eu-west-1 cannot be opened; the server's log says why");
            assertThat(server.server().health().others().get("eu-west-1").parts())
                    .singleElement()
                    .satisfies(engine -> assertThat(engine.state()).isEqualTo(PartState.FAILED));
            assertThat(server.server().health().serving()).isTrue();
            assertThat(east.listTables().tableNames()).isEmpty();
            Files.delete(inTheWay);
            assertThat(west.listTables().tableNames()).isEmpty();
            assertThat(server.server().health().others().get("eu-west-1").serving())
                    .isTrue();
        }
    }

    @Test
    void aDamagedRegionStopsTheStart() throws Exception {
        try (ServerFixture server = start(Map.of());
                DynamoDbClient west = server.client("eu-west-1")) {
            createTable(west);
        }
        Files.writeString(folder.resolve("regions/eu-west-1/FORMAT"), "tailrace-data 99\n");
        assertThatThrownBy(() -> start(Map.of()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("regions/eu-west-1");
    }
}
