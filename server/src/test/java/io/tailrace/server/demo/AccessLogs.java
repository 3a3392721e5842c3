package io.tailrace.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.server.demo.input.Activity;
import io.tailrace.server.demo.input.GeneratedSource;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Access logs for tests, and what awk counts in them: a count that shares nothing with ours. */
final class AccessLogs {
    /** By type, by page, and what all bytes add up to. Lines that have no request, status or size are left out. */
    private static final String COUNT = """
            $4 ~ /^\\[/ && $6 ~ /^"/ && $9 ~ /^[0-9][0-9][0-9]$/ && ($10 ~ /^[0-9]+$/ || $10 == "-") {
              method = substr($6, 2); page = $7; sub(/[?#].*/, "", page); if (page == "") page = "/"
              end = page; sub(/.*\\//, "", end)
              if (end ~ /\\./) sub(/.*\\./, "", end); else end = ""
              end = tolower(end)
              if ($9 >= 400) type = "error"
              else if (method == "POST" || method == "PUT" || method == "PATCH") type = "submit"
              else if (method == "DELETE") type = "delete"
              else if (method != "GET") type = "probe"
              else if (end ~ /^(css|eot|gif|ico|jpeg|jpg|js|map|png|svg|ttf|webp|woff|woff2)$/) type = "asset"
              else if (end ~ /^(bz2|deb|doc|docx|exe|gz|iso|jar|pdf|rpm|tar|tgz|xz|zip)$/) type = "download"
              else type = "view"
              types[type]++; pages[page]++; if ($10 != "-") bytes += $10; lines++
            }
            END {
              for (t in types) printf "type %d %s\\n", types[t], t
              for (p in pages) printf "page %d %s\\n", pages[p], p
              printf "bytes %.0f -\\nlines %d -\\n", bytes, lines
            }
            """;

    private static final DateTimeFormatter LOG_TIME = DateTimeFormatter.ofPattern(
                    "dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final int MALFORMED_EVERY = 500;
    private static final long AWK_LIMIT_SECONDS = 120;

    private AccessLogs() {}

    /** What awk counted. */
    record Counted(Map<String, Long> byType, Map<String, Long> byPage, long bytes, long activities) {
        /** Compares with a report of the demo. */
        void assertAgreesWith(JsonNode report) {
            assertThat(counts(report.path("byType"))).as("per type").isEqualTo(byType);
            assertThat(counts(report.path("byPage"))).as("per page").isEqualTo(byPage);
            assertThat(report.path("bytes").asLong()).as("bytes").isEqualTo(bytes);
            assertThat(report.path("itemsWritten").asLong()).as("items").isEqualTo(activities);
            assertThat(report.path("streamRecords").asLong())
                    .as("stream records")
                    .isEqualTo(activities);
            assertThat(report.path("indexEntries").asLong()).as("index entries").isEqualTo(activities);
        }

        private static Map<String, Long> counts(JsonNode json) {
            Map<String, Long> counts = new TreeMap<>();
            json.fieldNames()
                    .forEachRemaining(name -> counts.put(name, json.path(name).asLong()));
            return counts;
        }
    }

    /** A real log, where there is one beside the project or where {@code -Dtailrace.test.log} says. */
    static Optional<Path> real() {
        String named = System.getProperty("tailrace.test.log");
        Path log = named != null
                ? Path.of(named)
                : Path.of(System.getProperty("basedir", "."), "..", "..", "shared", "data", "access.log");
        return Files.isReadable(log) ? Optional.of(log) : Optional.empty();
    }

    /** Writes a log of made-up visits, with a malformed line now and then. */
    static Path write(Path file, int activities) throws IOException {
        try (GeneratedSource source = new GeneratedSource(4711, activities, 500);
                BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Activity activity = source.next(); activity != null; activity = source.next()) {
                out.write(String.format(
                        Locale.ROOT,
                        "%s - - [%s] \"%s %s?n=%d HTTP/1.1\" %d %s \"-\" \"%s\"%n",
                        activity.userId(),
                        LOG_TIME.format(activity.time()),
                        activity.method(),
                        activity.page(),
                        activity.ordinal(),
                        activity.status(),
                        activity.bytes() == 0 ? "-" : activity.bytes(),
                        activity.userAgent()));
                if (activity.ordinal() % MALFORMED_EVERY == 0) {
                    out.write("this is no line of an access log\n");
                }
            }
        }
        return file;
    }

    static Counted count(Path log) throws IOException, InterruptedException {
        Process awk = new ProcessBuilder("awk", COUNT, log.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(awk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(awk.waitFor(AWK_LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(awk.exitValue()).as(output).isZero();
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        for (String line : output.lines().toList()) {
            String[] fields = line.split(" ", 3);
            counts.computeIfAbsent(fields[0], kind -> new TreeMap<>()).put(fields[2], Long.parseLong(fields[1]));
        }
        return new Counted(
                counts.get("type"),
                counts.get("page"),
                counts.get("bytes").get("-"),
                counts.get("lines").get("-"));
    }

    static JsonNode report(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }
}
