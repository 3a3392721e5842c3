package io.tailrace.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.http.RawClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
