package io.tailrace.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.http.RawClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** The admin port tells health, metrics and what it has, and refuses all else in JSON. */
final class AdminPortTest {
    @TempDir
    private static Path folder;

    private static ServerFixture server;

    @BeforeAll
    static void start() {
        server = ServerFixture.withoutKafka(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void isHealthyWithoutKafkaAndSaysWhatIsOff() {
        HttpResponse<String> health = server.admin("/health");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.headers().firstValue("content-type")).contains("application/json");
        assertThat(health.body().replaceAll("\\s", ""))
                .contains("\"status\":\"serving\"")
                .contains("\"engine\":{\"state\":\"running\"}")
                .contains("\"capture\":{\"state\":\"disabled\",\"detail\":\"kafka.enabledisfalse\"}");
    }

    @Test
    void measuresForPrometheus() {
        server.client().listTables();
        HttpResponse<String> metrics = server.admin("/metrics");
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.headers().firstValue("content-type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics.body())
                .contains("# TYPE tailrace_api_requests_seconds summary")
                .containsPattern(
                        "tailrace_api_requests_seconds_count\\{operation=\"ListTables\",outcome=\"ok\"\\} \\d+")
                .contains("tailrace_http_connections{listener=\"api\"}")
                .contains("tailrace_write_queue_depth")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void listsWhatThereIs() {
        assertThat(server.admin("/").body())
                .contains("/health")
                .contains("/metrics")
                .contains("/activity/pages");
    }

    @Test
    void shardsAreRolledOverOnRequest() {
        StreamReading reading = new StreamReading(server.client(), server.streamsClient());
        String arn = reading.createTable("Rolled", StreamViewType.KEYS_ONLY);
        HttpResponse<String> rolled = server.post("/streams/Rolled/roll");
        assertThat(rolled.statusCode()).isEqualTo(200);
        List<Shard> shards = reading.shards(arn);
        assertThat(shards).hasSize(8);
        assertThat(rolled.body().replaceAll("\\s", ""))
                .startsWith("{\"tableName\":\"Rolled\",\"streamArn\":\"" + arn + "\",\"shards\":[{\"closedShardId\":\""
                        + shards.get(0).shardId() + "\",\"endingSequenceNumber\":\""
                        + shards.get(0).sequenceNumberRange().endingSequenceNumber() + "\",\"childShardId\":\""
                        + shards.get(4).shardId() + "\",\"startingSequenceNumber\":\""
                        + shards.get(4).sequenceNumberRange().startingSequenceNumber() + "\"},");
    }

    @Test
    void whatCannotBeRolledOverIsRefused() {
        StreamReading reading = new StreamReading(server.client(), server.streamsClient());
        reading.createTable("Switched", StreamViewType.KEYS_ONLY);
        server.client().updateTable(r -> r.tableName("Switched").streamSpecification(s -> s.streamEnabled(false)));
        assertRefused(server.post("/streams/Switched/roll"), 409, "Table has no enabled stream: TableName: Switched");
        assertRefused(
                server.post("/streams/Nobody/roll"), 404, "Requested resource not found: Table: Nobody not found");
        assertRefused(server.post("/streams/a/roll"), 400, "TableName must be at least 3 characters long");
        assertRefused(server.post("/streams/a%20b%20c/roll"), 400, "must satisfy regular expression pattern");
        assertRefused(
                server.post("/streams/Switched/roll?now=1"), 400, "parameter now: allowed once each are [region]");
        assertRefused(server.post("/streams/Switched/roll?region=eu-west-1"), 404, "there is no region eu-west-1 here");
        assertRefused(server.admin("/streams/Switched/roll"), 405, "only POST");
        assertRefused(
                server.post("/streams/Switched/roll", "Origin", "http://localhost:3000"), 403, "pages in browsers");
    }

    private static void assertRefused(HttpResponse<String> response, int status, String error) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("\"error\"").contains(error);
    }

    @Test
    void activityIsNotReadyWithoutItsProcessor() {
        HttpResponse<String> refused = server.admin("/activity/totals");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).contains("1");
        assertThat(refused.body()).contains("the activity processor is not running");
    }

    @Test
    void refusesWhatItDoesNotKnow() throws IOException {
        assertThat(server.admin("/nothing").statusCode()).isEqualTo(404);
        try (RawClient client = new RawClient(server.server().adminPort())) {
            RawClient.Response refused = client.post("/health", "").receive();
            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.header("allow")).isEqualTo("GET, HEAD");
        }
    }
}
