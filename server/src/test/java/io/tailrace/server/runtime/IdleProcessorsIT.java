package io.tailrace.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.admin.PartHealth;
import io.tailrace.server.admin.PartState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The processors of indexes and of time to live begin with the first table that needs them, and lose nothing by that. */
final class IdleProcessorsIT {
    private static final String WAIT = "x-tailrace-wait-for-indexes";
    private static final String UNNEEDED = "no table needs it yet";
    private static final int BEFORE = 2_000;

    @TempDir
    private Path folder;

    @Test
    void beginWithTheFirstTableThatNeedsThem() {
        try (ServerFixture server = ServerFixture.start(folder, Map.of());
                DynamoDbClient client = server.client()) {
            client.createTable(table("Plain").build());
            fillPlain(client);
            for (String processor : List.of("gsi", "ttl")) {
                ServerFixture.await(
                        processor + " is idle", () -> detail(server, processor).equals(UNNEEDED));
                assertThat(server.server().health().part(processor).state()).isEqualTo(PartState.RUNNING);
                assertThat(stores(processor)).doesNotExist();
            }
            // There is nothing to wait for.
            client.getItem(r -> r.tableName("Plain")
                    .key(Map.of("Id", AttributeValue.fromS("p0")))
                    .overrideConfiguration(o -> o.putHeader(WAIT, "true")));

            client.createTable(indexed("Indexed"));
            putIndexed(client, "first");
            assertThat(byGroup(client)).containsExactly("first");
            assertThat(stores("gsi")).exists();
            assertThat(detail(server, "gsi")).isEmpty();

            expire(client);
            assertThat(byGroup(client)).containsExactly("first");
        }
        deleteTables();
        try (ServerFixture server = ServerFixture.start(folder, Map.of())) {
            ServerFixture.await(
                    "who had something to do once goes on", () -> lag(server, "gsi") == 0 && lag(server, "ttl") == 0);
        }
    }

    private void deleteTables() {
        try (ServerFixture server = ServerFixture.start(folder, Map.of());
                DynamoDbClient client = server.client()) {
            for (String name : List.of("Plain", "Indexed")) {
                client.deleteTable(r -> r.tableName(name));
            }
            ServerFixture.await(
                    "the tables are gone",
                    () -> client.listTables().tableNames().isEmpty());
        }
    }

    private Path stores(String processor) {
        return folder.resolve("processors").resolve("tailrace-us-east-1-" + processor);
    }

    private static String detail(ServerFixture server, String processor) {
        return server.server().health().part(processor).detail();
    }

    /** Records; -1 while that is not known, as of one that is idle. */
    private static long lag(ServerFixture server, String processor) {
        PartHealth part = server.server().health().part(processor);
        return part.figures().getOrDefault("lagRecords", -1L);
    }

    private static CreateTableRequest.Builder table(String name, String... attributes) {
        List<AttributeDefinition> definitions = Stream.concat(Stream.of("Id"), Stream.of(attributes))
                .map(attribute -> AttributeDefinition.builder()
                        .attributeName(attribute)
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .toList();
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(definitions)
                .keySchema(hash("Id"));
    }

    private static CreateTableRequest indexed(String name) {
        GlobalSecondaryIndex index = GlobalSecondaryIndex.builder()
                .indexName("byGroup")
                .keySchema(hash("Group"))
                .projection(p -> p.projectionType(ProjectionType.ALL))
                .build();
        return table(name, "Group").globalSecondaryIndexes(index).build();
    }

    private static KeySchemaElement hash(String attribute) {
        return KeySchemaElement.builder()
                .attributeName(attribute)
                .keyType(KeyType.HASH)
                .build();
    }

    private static void fillPlain(DynamoDbClient client) {
        for (int first = 0; first < BEFORE; first += 25) {
            List<WriteRequest> batch = IntStream.range(first, first + 25)
                    .mapToObj(i -> WriteRequest.builder()
                            .putRequest(put -> put.item(Map.of("Id", AttributeValue.fromS("p" + i))))
                            .build())
                    .toList();
            client.batchWriteItem(r -> r.requestItems(Map.of("Plain", batch)));
        }
    }

    private static void putIndexed(DynamoDbClient client, String id) {
        client.putItem(r -> r.tableName("Indexed")
                .item(Map.of("Id", AttributeValue.fromS(id), "Group", AttributeValue.fromS("g"))));
    }

    private static List<String> byGroup(DynamoDbClient client) {
        return client
                .query(r -> r.tableName("Indexed")
                        .indexName("byGroup")
                        .keyConditionExpression("#g = :g")
                        .expressionAttributeNames(Map.of("#g", "Group"))
                        .expressionAttributeValues(Map.of(":g", AttributeValue.fromS("g")))
                        .overrideConfiguration(o -> o.putHeader(WAIT, "true")))
                .items()
                .stream()
                .map(item -> item.get("Id").s())
                .toList();
    }

    /** Of a table that had items before it had time to live. */
    private static void expire(DynamoDbClient client) {
        String past = Long.toString(Instant.now().minusSeconds(60).getEpochSecond());
        client.putItem(r -> r.tableName("Plain")
                .item(Map.of("Id", AttributeValue.fromS("due"), "Due", AttributeValue.fromN(past))));
        client.updateTimeToLive(r -> r.tableName("Plain")
                .timeToLiveSpecification(t -> t.attributeName("Due").enabled(true)));
        ServerFixture.await(
                "the item is gone",
                () -> !client.getItem(r -> r.tableName("Plain").key(Map.of("Id", AttributeValue.fromS("due"))))
                        .hasItem());
    }
}
