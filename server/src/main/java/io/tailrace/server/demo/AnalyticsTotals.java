package io.tailrace.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * The analytics' results, each added up by itself.
 *
 * @param sessionActions activities summed over the sessions
 * @param minuteActions activities summed over the minutes
 * @param minuteTypeActions activities summed over minutes and types
 * @param minuteBytes bytes summed over the minutes
 * @param typeBytes bytes summed over the types
 * @param pageBytes bytes summed over the pages
 */
record AnalyticsTotals(
        long events,
        long bytes,
        long sessions,
        long sessionActions,
        long minuteActions,
        long minuteTypeActions,
        long minuteBytes,
        long typeBytes,
        long pageBytes,
        Map<String, Long> byType,
        Map<String, Long> byPage) {
    static AnalyticsTotals of(JsonNode json) {
        return new AnalyticsTotals(
                json.path("events").asLong(),
                json.path("bytes").asLong(),
                json.path("countedSessions").asLong(),
                json.path("countedSessionActions").asLong(),
                json.path("minuteActions").asLong(),
                json.path("minuteTypeActions").asLong(),
                json.path("minuteBytes").asLong(),
                json.path("typeBytes").asLong(),
                json.path("pageBytes").asLong(),
                counts(json.path("perType")),
                counts(json.path("perPage")));
    }

    private static Map<String, Long> counts(JsonNode json) {
        Map<String, Long> counts = new TreeMap<>();
        json.fieldNames()
                .forEachRemaining(name -> counts.put(name, json.path(name).asLong()));
        return counts;
    }
}
