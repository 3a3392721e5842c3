package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.runtime.ServerFixture;
import io.tailrace.server.runtime.StreamLineage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Two regions of one server, each with its tables, streams and indexes, outlive a kill -9; the command line works for both. */
final class RegionsIT {
    private static final int ITEMS = 10;
    private static final List<String> REGIONS = List.of("us-east-1", "eu-west-1");

    @TempDir
    private Path folder;

    @Test
    void tablesStreamsAndIndexesOfTwoRegionsOutliveAKill() throws Exception {
        Map<String, String> arns = new HashMap<>();
        try (ServerProcess server = ServerProcess.start(folder).awaitReady()) {
            for (String region : REGIONS) {
                try (DynamoDbClient client = server.client(region)) {
                    arns.put(region, createTable(client));
                    write(client, region, 0);
                }
            }
            server.kill();
        }
        assertThat(arns.get("eu-west-1")).startsWith("arn:aws:dynamodb:eu-west-1:000000000000:table/Orders/stream/");
        try (ServerProcess server = ServerProcess.start(folder).awaitReady()) {
            String kafka = server.awaitKafka();
            for (String region : REGIONS) {
                try (DynamoDbClient client = server.client(region)) {
                    write(client, region, 1);
                }
            }
            for (String region : REGIONS) {
                check(server, region, arns.get(region));
            }
            assertThat(run(
                            0,
                            "stream",
                            "list",
                            "--region",
                            "eu-west-1",
                            "--port",
                            port(server.endpoint()),
                            "--bootstrap-servers",
                            kafka))
                    .contains(arns.get("eu-west-1"))
                    .doesNotContain(arns.get("us-east-1"));
            assertThat(run(
                            0,
                            "stream",
                            "roll",
                            "Orders",
                            "--region",
                            "eu-west-1",
                            "--admin-port",
                            port(server.admin())))
                    .contains(", its child is ");
            assertThat(run(
                            1,
                            "stream",
                            "roll",
                            "Orders",
                            "--region",
                            "eu-west-2",
                            "--admin-port",
                            port(server.admin())))
                    .contains("there is no region eu-west-2 here");
            server.terminate();
            assertThat(server.awaitExit()).as(server.output()).isEqualTo(143);
            assertThat(server.output()).doesNotContain(" ERROR ");
        }
        assertThat(run(0, "doctor", folder.toString()))
                .contains("ok  journal:")
                .contains("ok  capture: captured up to commit")
                .contains("ok  eu-west-1 journal:")
                .contains("ok  eu-west-1 capture: captured up to commit")
                .contains("All is well.");
    }

    private static String port(String endpoint) {
        return endpoint.substring(endpoint.lastIndexOf(':') + 1);
    }

    private static String run(int exit, String... arguments) throws Exception {
        try (ServerProcess command = ServerProcess.run(arguments)) {
            int code = command.awaitExit();
            assertThat(code).as(command.output()).isEqualTo(exit);
            return command.output();
        }
    }

    private static void check(ServerProcess server, String region, String arn) {
        try (DynamoDbClient client = server.client(region);
                DynamoDbStreamsClient streams = server.streams(region)) {
            assertThat(client.describeTable(r -> r.tableName("Orders")).table().latestStreamArn())
                    .isEqualTo(arn);
            List<String> last = Collections.nCopies(ITEMS, region + " 1");
            ServerFixture.await("the index of " + region, () -> indexed(client).equals(last));
            StreamLineage lineage = new StreamLineage(arn);
            ServerFixture.await("the stream of " + region, () -> lineage.follow(streams) >= 2 * ITEMS);
            assertThat(lineage.follow(streams)).isEqualTo(2 * ITEMS);
        }
    }

    private static List<String> indexed(DynamoDbClient client) {
        List<String> entries = new ArrayList<>();
        try {
            client.query(r -> r.tableName("Orders")
                            .indexName("byKind")
                            .keyConditionExpression("kind = :k")
                            .expressionAttributeValues(Map.of(":k", AttributeValue.fromS("order"))))
                    .items()
                    .forEach(item -> entries.add(
                            item.get("region").s() + " " + item.get("v").s()));
        } catch (InternalServerErrorException notYet) {
            return List.of();
        }
        return entries;
    }

    private static String createTable(DynamoDbClient client) {
        return client.createTable(r -> r.tableName("Orders")
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(attribute("k"), attribute("kind"))
                        .keySchema(hash("k"))
                        .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                                .indexName("byKind")
                                .keySchema(hash("kind"))
                                .projection(p -> p.projectionType(ProjectionType.ALL))
                                .build())
                        .streamSpecification(s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)))
                .tableDescription()
                .latestStreamArn();
    }

    private static KeySchemaElement hash(String name) {
        return KeySchemaElement.builder()
                .attributeName(name)
                .keyType(KeyType.HASH)
                .build();
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static void write(DynamoDbClient client, String region, int version) {
        for (int i = 0; i < ITEMS; i++) {
            Map<String, AttributeValue> item = Map.of(
                    "k", AttributeValue.fromS("item-" + i),
                    "v", AttributeValue.fromS(Integer.toString(version)),
                    "kind", AttributeValue.fromS("order"),
                    "region", AttributeValue.fromS(region));
            client.putItem(r -> r.tableName("Orders").item(item));
        }
    }
}
