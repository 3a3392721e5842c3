package io.tailrace.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.benchmarks.core.Figure;
import io.tailrace.benchmarks.core.Outcome;
import io.tailrace.benchmarks.core.Sample;
import io.tailrace.benchmarks.core.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A run with every sample, for other programs. Times are in nanoseconds. */
public final class JsonReport {
    private JsonReport() {}

    public static void write(Run run, Path file) throws IOException {
        Files.writeString(
                file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(of(run)) + "\n");
    }

    static ObjectNode of(Run run) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("started", run.started().toString());
        json.put("command", run.command());
        json.putObject("machine")
                .put("cores", run.machine().cores())
                .put("processor", run.machine().processor())
                .put("system", run.machine().system())
                .put("java", run.machine().java());
        json.put("seed", run.seed());
        json.put("scale", run.scale().name().toLowerCase(Locale.ROOT));
        json.put("rounds", run.rounds());
        ArrayNode benchmarks = json.putArray("benchmarks");
        run.outcomes().forEach(outcome -> benchmarks.add(of(outcome)));
        return json;
    }

    private static ObjectNode of(Outcome outcome) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", outcome.benchmark().name());
        json.put("summary", outcome.benchmark().summary());
        json.put("operation", outcome.benchmark().operation());
        ArrayNode ratios = json.putArray("ratios");
        outcome.comparisons().forEach(comparison -> ratios.add(of(comparison)));
        ArrayNode loads = json.putArray("loads");
        for (Outcome.AtLoad atLoad : outcome.loads()) {
            ObjectNode load = loads.addObject();
            load.put("label", atLoad.load().label());
            load.put("value", atLoad.load().value());
            ObjectNode sides = load.putObject("sides");
            atLoad.samples().forEach((side, samples) -> sides.set(side, samples(samples)));
        }
        ArrayNode notes = json.putArray("notes");
        outcome.notes().forEach(notes::add);
        return json;
    }

    private static ObjectNode of(Outcome.Comparison comparison) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("load", comparison.load().label());
        json.put("figure", comparison.figure().name().toLowerCase(Locale.ROOT));
        json.put("reference", comparison.side());
        json.put("median", comparison.ratio().median());
        json.put("least", comparison.ratio().least());
        json.put("most", comparison.ratio().most());
        if (comparison.target() != null) {
            json.put("target", comparison.target().bound());
            json.put("of", comparison.target().isAbsolute() ? Side.TAILRACE : "ratio");
            json.put("met", !comparison.isMissed());
        }
        return json;
    }

    private static ArrayNode samples(List<Sample> samples) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Sample sample : samples) {
            ObjectNode json = array.addObject();
            json.put("operations", sample.operations());
            json.put("wallNanos", sample.wallNanos());
            json.put("cpuNanos", sample.cpuNanos());
            Figure.P50.of(sample).ifPresent(value -> json.put("p50Nanos", value));
            Figure.P99.of(sample).ifPresent(value -> json.put("p99Nanos", value));
            if (sample.gauges() != null) {
                ObjectNode gauges = json.putObject("gauges");
                sample.gauges()
                        .forEach((figure, value) -> gauges.put(figure.name().toLowerCase(Locale.ROOT), value));
            }
        }
        return array;
    }
}
