package io.tailrace.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The analytics as the admin endpoint shows them. Safe for several threads. */
final class AdminClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI endpoint;

    AdminClient(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** The results to show; nothing while the processor does not answer. */
    Optional<AnalyticsSnapshot> snapshot(int pages) {
        Optional<JsonNode> summary = get("/activity/summary");
        Optional<JsonNode> types = get("/activity/types");
        Optional<JsonNode> top = get("/activity/pages?limit=" + pages);
        if (summary.isEmpty() || types.isEmpty() || top.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Long> byType = new TreeMap<>();
        types.get()
                .path("types")
                .forEach(type -> byType.put(
                        type.path("type").asText(), type.path("actions").asLong()));
        List<AnalyticsSnapshot.PageCount> topPages = new ArrayList<>();
        top.get()
                .path("pages")
                .forEach(page -> topPages.add(new AnalyticsSnapshot.PageCount(
                        page.path("page").asText(), page.path("actions").asLong())));
        JsonNode sums = summary.get();
        return Optional.of(new AnalyticsSnapshot(
                sums.path("events").asLong(),
                sums.path("bytes").asLong(),
                sums.path("users").asLong(),
                sums.path("sessions").asLong(),
                byType,
                topPages));
    }

    /** Every result added up by itself; nothing while the processor does not answer. */
    Optional<AnalyticsTotals> totals() {
        return get("/activity/totals").map(AnalyticsTotals::of);
    }

    private Optional<JsonNode> get(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(endpoint.resolve(path)).timeout(TIMEOUT).build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == OK ? Optional.of(json.readTree(response.body())) : Optional.empty();
        } catch (IOException unanswered) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoException("interrupted while asking for the analytics", interrupted);
        }
    }
}
