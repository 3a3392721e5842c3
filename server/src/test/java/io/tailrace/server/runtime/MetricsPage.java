package io.tailrace.server.runtime;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Renders docs/metrics.md from the meters of a running server. */
final class MetricsPage {
    private static final String HEAD = """
            # Metrics

            <!-- Generated from the meters of a running server; PipelineTest says how to write it anew. -->

            `GET /metrics` on the admin port answers in Prometheus' text format. Besides Tailrace's own meters, which are below,
            there are Micrometer's of the JVM and the process (`jvm_*`, `process_*`, `system_*`).

            A summary has `_count` and `_sum`, and `_max` over the last minutes beside it.

            | metric | type | labels | what |
            |---|---|---|---|
            """;

    private record Row(String type, TreeSet<String> labels, String description) {}

    private MetricsPage() {}

    static String render(MeterRegistry registry) {
        Map<String, Row> rows = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            Meter.Id id = meter.getId();
            if (id.getName().startsWith("tailrace.")) {
                String exposed =
                        registry.config().namingConvention().name(id.getName(), id.getType(), id.getBaseUnit());
                String name = id.getType() == Meter.Type.COUNTER ? exposed + "_total" : exposed;
                Row row = rows.computeIfAbsent(
                        name, unused -> new Row(type(id.getType()), new TreeSet<>(), description(id)));
                row.labels().addAll(id.getTags().stream().map(Tag::getKey).toList());
            }
        }
        StringBuilder page = new StringBuilder(HEAD);
        rows.forEach((name, row) -> page.append(String.format(
                Locale.ROOT,
                "| `%s` | %s | %s | %s |\n",
                name,
                row.type(),
                String.join(", ", row.labels()),
                row.description())));
        return page.toString();
    }

    private static String description(Meter.Id id) {
        String text = id.getDescription() == null ? "" : id.getDescription();
        return text.endsWith(".") ? text : text + ".";
    }

    private static String type(Meter.Type type) {
        return List.of(Meter.Type.TIMER, Meter.Type.DISTRIBUTION_SUMMARY).contains(type)
                ? "summary"
                : type.name().toLowerCase(Locale.ROOT);
    }
}
