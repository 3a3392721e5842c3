package io.tailrace.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.admin.PartState;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * A whole server with the embedded broker: what is put over the API is found in the index and in the analytics. To write
 * docs/metrics.md anew:
 * {@code mvn -pl server -am -Dtest=PipelineTest -Dsurefire.failIfNoSpecifiedTests=false -Dtailrace.docs.write=true test}
 */
final class PipelineTest {
    private static final int ITEMS = 60;

    @TempDir
    private static Path folder;

    private static ServerFixture server;
    private static DynamoDbClient client;

    @BeforeAll
    static void start() {
        server = ServerFixture.start(folder, Map.of());
        client = server.client();
        createUserActivity();
        for (int i = 0; i < ITEMS; i++) {
            put(i);
        }
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static void createUserActivity() {
        client.createTable(r -> r.tableName("UserActivity")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(string("UserID"), string("Timestamp"), string("ActivityType"))
                .keySchema(key("UserID", KeyType.HASH), key("Timestamp", KeyType.RANGE))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName("ActivityTypeIndex")
                        .keySchema(key("ActivityType", KeyType.HASH), key("Timestamp", KeyType.RANGE))
                        .projection(p -> p.projectionType(ProjectionType.ALL))
                        .build())
                .streamSpecification(s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
    }

    private static AttributeDefinition string(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static void put(int i) {
        String time = String.format(Locale.ROOT, "2015-05-17T10:05:%02d.000Z#%010d", i, i);
        client.putItem(r -> r.tableName("UserActivity")
                .item(Map.of(
                        "UserID", AttributeValue.fromS("user" + i % 3),
                        "Timestamp", AttributeValue.fromS(time),
                        "ActivityType", AttributeValue.fromS(i % 2 == 0 ? "VIEW" : "SEARCH"),
                        "Page", AttributeValue.fromS("/page" + i % 5),
                        "Bytes", AttributeValue.fromN("10"))));
    }

    private static QueryRequest.Builder views() {
        return QueryRequest.builder()
                .tableName("UserActivity")
                .indexName("ActivityTypeIndex")
                .keyConditionExpression("ActivityType = :t")
                .expressionAttributeValues(Map.of(":t", AttributeValue.fromS("VIEW")));
    }

    private static int indexedViews() {
        try {
            return client.query(views().select(Select.COUNT).build()).count();
        } catch (InternalServerErrorException notYet) {
            assertThat(notYet).hasMessageContaining("not available yet");
            return -1;
        }
    }

    @Test
    void theIndexFollowsTheTable() {
        ServerFixture.await("all items are in the index", () -> indexedViews() == ITEMS / 2);
        Set<String> times = new TreeSet<>();
        client.queryPaginator(views().limit(7).build())
                .items()
                .forEach(item -> times.add(item.get("Timestamp").s()));
        assertThat(times).hasSize(ITEMS / 2);
        assertThat(client.describeTable(r -> r.tableName("UserActivity"))
                        .table()
                        .globalSecondaryIndexes()
                        .get(0)
                        .itemCount())
                .isEqualTo(ITEMS);
    }

    @Test
    void theAnalyticsCountEveryActivityOnce() {
        // Each figure is kept by itself, and follows at its own time.
        for (String figure : Set.of(
                "\"events\":60,",
                "\"bytes\":600,",
                "\"users\":3,",
                "\"perType\":{\"SEARCH\":30,\"VIEW\":30}",
                "\"perPage\":{\"/page0\":12,\"/page1\":12,\"/page2\":12,\"/page3\":12,\"/page4\":12}",
                "\"minuteActions\":60,",
                "\"sessions\":3,")) {
            ServerFixture.await(figure, () -> totals().contains(figure));
        }
        assertThat(server.admin("/activity/pages?limit=2").body().replaceAll("\\s", ""))
                .isEqualTo("{\"pages\":[{\"page\":\"/page0\",\"actions\":12,\"bytes\":120},"
                        + "{\"page\":\"/page1\",\"actions\":12,\"bytes\":120}]}");
        assertThat(server.admin("/activity/users?from=2015-05-17T10:05:00Z&to=2015-05-17T10:06:00Z")
                        .body())
                .contains("\"activeUsers\" : 3");
        assertThat(server.admin("/activity/sessions?user=user1").body().replaceAll("\\s", ""))
                .contains("\"user\":\"user1\",\"start\":\"2015-05-17T10:05:01Z\",\"end\":\"2015-05-17T10:05:58Z\","
                        + "\"seconds\":57.0,\"actions\":20");
    }

    private static String totals() {
        HttpResponse<String> totals = server.admin("/activity/totals");
        return totals.statusCode() == 200 ? totals.body().replaceAll("\\s", "") : "";
    }

    @Test
    void everyPartRunsInTheEnd() {
        for (String part :
                Set.of("engine", "journal", "api", "broker", "capture", "commands", "gsi", "ttl", "activity")) {
            server.awaitPart(part, PartState.RUNNING);
        }
        ServerFixture.await(
                "capture has caught up",
                () -> server.server().health().part("capture").figures().get("lagRecords") == 0);
        assertThat(server.admin("/metrics").body())
                .contains("tailrace_capture_lag_records")
                .contains("tailrace_capture_lag_millis")
                .contains("tailrace_processor_running");
    }

    @Test
    void theMetricsPageIsUpToDate() throws IOException {
        server.awaitPart("gsi", PartState.RUNNING);
        server.awaitPart("ttl", PartState.RUNNING);
        server.awaitPart("activity", PartState.RUNNING);
        Path page = Path.of("..", "docs", "metrics.md");
        String rendered = MetricsPage.render(server.server().meters());
        if (Boolean.getBoolean("tailrace.docs.write")) {
            Files.writeString(page, rendered);
        }
        assertThat(Files.readString(page)).isEqualTo(rendered);
    }

    @Test
    void parametersOfQueriesAreChecked() {
        server.awaitPart("activity", PartState.RUNNING);
        assertThat(server.admin("/activity/pages?limit=0").statusCode()).isEqualTo(400);
        assertThat(server.admin("/activity/pages?by=beauty").body()).contains("'beauty' is none of actions, bytes");
        assertThat(server.admin("/activity/users?from=yesterday").body()).contains("is no time like");
        assertThat(server.admin("/activity/totals?limit=1").statusCode()).isEqualTo(400);
    }
}
