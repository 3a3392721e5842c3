package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.runtime.ServerFixture;
import io.tailrace.server.runtime.StreamLineage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Shards that were rolled over just before a kill -9, and before Kafka knew of it, are rolled over after it too. */
final class StreamRollKillIT {
    private static final int ITEMS = 10;

    @TempDir
    private Path folder;

    @Test
    void rollsThatWereNotCapturedYetAreThereAfterAKill() throws Exception {
        String arn;
        int written = 0;
        // The server is killed long before its broker is up: nothing of this was captured.
        try (ServerProcess server =
                ServerProcess.start(folder, "--processors-enabled", "false").awaitReady()) {
            try (DynamoDbClient tables = server.client()) {
                arn = createTable(tables);
                for (int roll = 0; roll < 3; roll++) {
                    written = write(tables, written);
                    roll(server);
                }
                written = write(tables, written);
            }
            server.kill();
        }
        try (ServerProcess server = ServerProcess.start(folder, "--processors-enabled", "false")
                        .awaitReady();
                DynamoDbClient tables = server.client();
                DynamoDbStreamsClient streams = server.streams()) {
            int all = write(tables, written);
            ServerFixture.await("capture", () -> server.health().contains("\"capture\":{\"state\":\"running\""));
            StreamLineage lineage = new StreamLineage(arn);
            ServerFixture.await("all records", () -> lineage.follow(streams) >= all);
            assertThat(lineage.follow(streams)).isEqualTo(all);
            assertThat(lineage.shards()).isEqualTo(4 * 4);
            assertThat(lineage.items()).isEqualTo(ITEMS);
        }
    }

    private static String createTable(DynamoDbClient tables) {
        return tables.createTable(r -> r.tableName("Orders")
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName("k")
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("k")
                                .keyType(KeyType.HASH)
                                .build())
                        .streamSpecification(s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)))
                .tableDescription()
                .latestStreamArn();
    }

    /** Another version of each item. */
    private static int write(DynamoDbClient tables, int written) {
        for (int i = 0; i < ITEMS; i++) {
            Map<String, AttributeValue> item = Map.of(
                    "k",
                    AttributeValue.fromS("item-" + i),
                    "v",
                    AttributeValue.fromS(Integer.toString(written / ITEMS)));
            tables.putItem(r -> r.tableName("Orders").item(item));
        }
        return written + ITEMS;
    }

    private static void roll(ServerProcess server) throws IOException, InterruptedException {
        HttpResponse<String> rolled = server.post("/streams/Orders/roll");
        assertThat(rolled.statusCode()).as(rolled.body()).isEqualTo(200);
    }
}
