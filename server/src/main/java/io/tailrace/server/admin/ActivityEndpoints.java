package io.tailrace.server.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tailrace.processors.ProcessorNotReadyException;
import io.tailrace.processors.activity.ActivityQueries;
import io.tailrace.processors.activity.ActivityResults.Summary;
import io.tailrace.processors.activity.ActivityResults.Totals;
import io.tailrace.processors.activity.ActivityResults.TypeTotal;
import io.tailrace.processors.activity.PageOrder;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The results of the activity processor as JSON. Times are ISO 8601, lengths in seconds. */
final class ActivityEndpoints {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 10_000;
    private static final Set<String> INTERVAL = Set.of("from", "to");
    private static final double MILLIS_PER_SECOND = 1000;

    /** Answers one path. */
    @FunctionalInterface
    private interface Endpoint {
        void write(JsonGenerator json, ActivityQueries queries, QueryParameters parameters) throws IOException;
    }

    private record Route(Set<String> parameters, String doc, Endpoint endpoint) {}

    @FunctionalInterface
    private interface Row<T> {
        void write(JsonGenerator json, T value) throws IOException;
    }

    private final Map<String, Route> routes = new LinkedHashMap<>();

    ActivityEndpoints() {
        route("/activity/summary", Set.of(), "events, bytes, users and sessions in all", ActivityEndpoints::summary);
        route("/activity/totals", Set.of(), "every result added up by itself", ActivityEndpoints::totals);
        route("/activity/types", Set.of(), "actions and bytes by type", ActivityEndpoints::types);
        route("/activity/actions", INTERVAL, "actions per type per minute", ActivityEndpoints::actions);
        route("/activity/users", INTERVAL, "active users per minute", ActivityEndpoints::users);
        route("/activity/bytes", INTERVAL, "bytes served per minute", ActivityEndpoints::bytes);
        route(
                "/activity/sessions",
                Set.of("user", "limit"),
                "sessions, of all or of one user",
                ActivityEndpoints::sessions);
        route("/activity/pages", Set.of("by", "limit"), "top pages, by actions or by bytes", ActivityEndpoints::pages);
    }

    private void route(String path, Set<String> parameters, String doc, Endpoint endpoint) {
        Set<String> all = new TreeSet<>(parameters);
        all.add(RegionParameter.NAME);
        routes.put(path, new Route(all, doc, endpoint));
    }

    boolean has(String path) {
        return routes.containsKey(path);
    }

    /** One line for each path: what it answers and which parameters it takes. */
    Map<String, String> index() {
        Map<String, String> lines = new LinkedHashMap<>();
        routes.forEach((path, route) -> lines.put(
                path + "?"
                        + String.join("&", route.parameters().stream().sorted().toList()),
                route.doc()));
        return lines;
    }

    /** @throws io.tailrace.processors.ProcessorNotReadyException when the results cannot be read now */
    void write(JsonGenerator json, String path, String query, AdminSource source) throws IOException {
        Route route = routes.get(path);
        QueryParameters parameters = new QueryParameters(query, route.parameters());
        ActivityQueries queries = source.activity(RegionParameter.of(parameters, source))
                .orElseThrow(() -> new ProcessorNotReadyException("the activity processor is not running", null));
        route.endpoint().write(json, queries, parameters);
    }

    private static void summary(JsonGenerator json, ActivityQueries queries, QueryParameters parameters)
            throws IOException {
        json.writeStartObject();
        summary(json, queries.summary());
        json.writeEndObject();
    }

    private static void summary(JsonGenerator json, Summary summary) throws IOException {
        json.writeNumberField("events", summary.events());
        json.writeNumberField("bytes", summary.bytes());
        json.writeNumberField("users", summary.users());
        json.writeNumberField("sessions", summary.sessions());
        json.writeNumberField("sessionActions", summary.sessionActions());
        json.writeNumberField("sessionSeconds", summary.sessionLength().toMillis() / MILLIS_PER_SECOND);
    }

    private static void totals(JsonGenerator json, ActivityQueries queries, QueryParameters parameters)
            throws IOException {
        Totals totals = queries.totals();
        json.writeStartObject();
        summary(json, totals.summary());
        counts(json, "perType", totals.perType());
        counts(json, "perPage", totals.perPage());
        json.writeNumberField("countedSessions", totals.sessions());
        json.writeNumberField("countedSessionActions", totals.sessionActions());
        json.writeNumberField("minuteActions", totals.minuteActions());
        json.writeNumberField("minuteTypeActions", totals.minuteTypeActions());
        json.writeNumberField("minuteBytes", totals.minuteBytes());
        json.writeNumberField("typeBytes", totals.typeBytes());
        json.writeNumberField("pageBytes", totals.pageBytes());
        json.writeEndObject();
    }

    private static void counts(JsonGenerator json, String name, Map<String, Long> counts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
    }

    private static void types(JsonGenerator json, ActivityQueries queries, QueryParameters parameters)
            throws IOException {
        list(json, "types", queries.actionsPerType(), ActivityEndpoints::total);
    }

    private static void total(JsonGenerator json, TypeTotal type) throws IOException {
        json.writeStringField("type", type.type());
        json.writeNumberField("actions", type.actions());
        json.writeNumberField("bytes", type.bytes());
    }

    private static void actions(JsonGenerator json, ActivityQueries queries, QueryParameters parameters)
            throws IOException {
        list(json, "minutes", queries.actionsPerTypePerMinute(from(parameters), to(parameters)), (out, minute) -> {
            out.writeStringField("minute", minute.minute().toString());
            out.writeStringField("type", minute.type());
            out.writeNumberField("actions", minute.actions());
            out.writeNumberField("bytes", minute.bytes());
        });
    }

    private static void users(JsonGenerator json, ActivityQueries queries, QueryParameters parameters)
            throws IOException {
        list(json, "minutes", queries.activeUsersPerMinute(from(parameters), to(parameters)), (out, minute) -> {
            out.writeStringField("minute", minute.minute().toString());
            out.writeNumberField("activeUsers", minute.activeUsers());
            out.writeNumberField("actions", minute.actions());
        });
    }

    private static void bytes(JsonGenerator json, ActivityQueries queries, QueryParameters parameters)
            throws IOException {
        list(json, "minutes", queries.bytesServedPerMinute(from(parameters), to(parameters)), (out, minute) -> {
            out.writeStringField("minute", minute.minute().toString());
            out.writeNumberField("bytes", minute.bytes());
            out.writeNumberField("actions", minute.actions());
        });
    }

    private static void sessions(JsonGenerator json, ActivityQueries queries, QueryParameters parameters)
            throws IOException {
        int limit = parameters.integer("limit", DEFAULT_LIMIT, MAX_LIMIT);
        String user = parameters.text("user");
        list(
                json,
                "sessions",
                user == null ? queries.sessions(limit) : queries.sessions(user, limit),
                (out, session) -> {
                    out.writeStringField("user", session.user());
                    out.writeStringField("start", session.start().toString());
                    out.writeStringField("end", session.end().toString());
                    out.writeNumberField("seconds", session.length().toMillis() / MILLIS_PER_SECOND);
                    out.writeNumberField("actions", session.actions());
                });
    }

    private static void pages(JsonGenerator json, ActivityQueries queries, QueryParameters parameters)
            throws IOException {
        int limit = parameters.integer("limit", DEFAULT_LIMIT, MAX_LIMIT);
        list(json, "pages", queries.topPages(limit, parameters.word("by", PageOrder.ACTIONS)), (out, page) -> {
            out.writeStringField("page", page.page());
            out.writeNumberField("actions", page.actions());
            out.writeNumberField("bytes", page.bytes());
        });
    }

    private static Instant from(QueryParameters parameters) {
        return parameters.instant("from", Instant.EPOCH);
    }

    /** Without an end up to the year 10000, which is the last that ISO 8601 writes with four digits. */
    private static Instant to(QueryParameters parameters) {
        return parameters.instant("to", Instant.parse("9999-12-31T23:59:00Z"));
    }

    private static <T> void list(JsonGenerator json, String name, Collection<T> values, Row<T> row) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart(name);
        for (T value : values) {
            json.writeStartObject();
            row.write(json, value);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
