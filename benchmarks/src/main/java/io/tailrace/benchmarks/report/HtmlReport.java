package io.tailrace.benchmarks.report;

import io.tailrace.benchmarks.core.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A run as one page that needs nothing else: the ratios, and latency by load where latencies were measured. */
public final class HtmlReport {
    private static final String STYLE = """
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem;
                   color: #1c2733; background: #fff; }
            h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2.5rem }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
            th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #e3e8ee }
            td.n, th.n { text-align: right } .met { color: #1a7f4b } .missed { color: #b3261e; font-weight: 600 }
            p.about, li { color: #51606f } svg { max-width: 100%; height: auto }
            """;

    private HtmlReport() {}

    public static void write(Run run, Path file) throws IOException {
        Files.writeString(file, of(run));
    }

    static String of(Run run) {
        StringBuilder page = new StringBuilder();
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n")
                .append("<title>Tailrace: benchmarks</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>Tailrace: benchmarks</h1>\n");
        page.append(String.format(
                Locale.ROOT,
                "<p class=\"about\">%s, %d rounds (%s), seed %d. %s.<br>Repeat with <code>%s</code>.</p>%n",
                run.started(),
                run.rounds(),
                run.scale().name().toLowerCase(Locale.ROOT),
                run.seed(),
                escaped(run.machine().toString()),
                escaped(run.command())));
        page.append(
                "<p class=\"about\">A ratio is Tailrace's figure divided by the reference's, the median of the rounds' "
                        + "ratios, with the least and the most. CPU is user and system time of the process under test.</p>\n");
        run.outcomes().forEach(outcome -> append(page, outcome));
        return page.append("</body>\n</html>\n").toString();
    }

    private static void append(StringBuilder page, Outcome outcome) {
        page.append("<h2>").append(escaped(outcome.benchmark().name())).append("</h2>\n<p class=\"about\">");
        page.append(escaped(outcome.benchmark().summary())).append("</p>\n");
        page.append(
                "<table>\n<tr><th>load</th><th>figure</th><th class=\"n\">tailrace</th><th class=\"n\">reference</th>"
                        + "<th></th><th class=\"n\">ratio</th><th class=\"n\">least–most</th><th>target</th></tr>\n");
        outcome.comparisons().forEach(comparison -> append(page, comparison));
        page.append("</table>\n");
        page.append(LatencyPlot.of(outcome));
        List<String> notes = outcome.notes();
        if (!notes.isEmpty()) {
            page.append("<ul>\n");
            notes.forEach(note -> page.append("<li>").append(escaped(note)).append("</li>\n"));
            page.append("</ul>\n");
        }
    }

    private static void append(StringBuilder page, Outcome.Comparison comparison) {
        String target = comparison.target() == null
                ? ""
                : "<span class=\"" + (comparison.isMissed() ? "missed" : "met") + "\">"
                        + escaped(comparison.target().toString())
                        + (comparison.isMissed() ? " not met" : " met") + "</span>";
        page.append(String.format(
                Locale.ROOT,
                "<tr><td>%s</td><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td>%s</td>"
                        + "<td class=\"n\">%s</td><td class=\"n\">%s–%s</td><td>%s</td></tr>%n",
                escaped(comparison.load().label()),
                comparison.figure().label(),
                comparison.figure().format(comparison.tailrace()),
                comparison.figure().format(comparison.reference()),
                escaped(comparison.side()),
                RatioTable.ratio(comparison.ratio().median()),
                RatioTable.ratio(comparison.ratio().least()),
                RatioTable.ratio(comparison.ratio().most()),
                target));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
