package io.tailrace.server.demo.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same input gives the same activities, packed or not, and the generator's look like those of people. */
class ActivitySourceTest {
    private static final String LOG = """
            1.2.3.4 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 10
            not a line
            1.2.3.5 - - [17/May/2015:10:05:04 +0000] "GET /x HTTP/1.1" 200 20
            """;

    @TempDir
    Path folder;

    @Test
    void countsMalformedLinesAndNumbersLinesWithThem() throws IOException {
        Path file = Files.writeString(folder.resolve("access.log"), LOG);
        try (ActivitySource source = AccessLogSource.ofFile(file)) {
            List<Activity> activities = drain(source);

            assertThat(activities).extracting(Activity::ordinal).containsExactly(1L, 3L);
            assertThat(source.linesRead()).isEqualTo(3);
            assertThat(source.malformedLines()).isEqualTo(1);
            assertThat(source.progress().done())
                    .isEqualTo(source.progress().total().orElseThrow());
        }
    }

    @Test
    void readsGzipByContentWhateverTheName() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(LOG.getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(folder.resolve("access.log"), packed.toByteArray());

        try (ActivitySource plain = AccessLogSource.ofStream(
                        new ByteArrayInputStream(LOG.getBytes(StandardCharsets.UTF_8)), "standard input");
                ActivitySource gzipped = AccessLogSource.ofFile(file)) {
            assertThat(drain(gzipped)).isEqualTo(drain(plain));
            assertThat(plain.progress().total()).isEmpty();
        }
    }

    @Test
    void readsNothingFromNothing() throws IOException {
        try (ActivitySource empty = AccessLogSource.ofStream(new ByteArrayInputStream(new byte[0]), "nothing")) {
            assertThat(empty.next()).isNull();
            assertThat(empty.linesRead()).isZero();
        }
    }

    @Test
    void generatesTheSameForTheSameSeed() throws IOException {
        try (ActivitySource one = new GeneratedSource(42, 5_000, 400);
                ActivitySource same = new GeneratedSource(42, 5_000, 400);
                ActivitySource other = new GeneratedSource(43, 5_000, 400)) {
            List<Activity> activities = drain(one);

            assertThat(activities).hasSize(5_000).isEqualTo(drain(same)).isNotEqualTo(drain(other));
        }
    }

    @Test
    void generatesEveryKindSomeOfItLateAndNothingTwice() throws IOException {
        try (ActivitySource source = new GeneratedSource(1, 20_000, 1_000)) {
            List<Activity> activities = drain(source);
            Set<String> keys = new HashSet<>();
            int late = 0;
            for (int i = 0; i < activities.size(); i++) {
                keys.add(activities.get(i).userId() + activities.get(i).timestamp());
                if (i > 0
                        && activities
                                .get(i)
                                .time()
                                .isBefore(activities.get(i - 1).time())) {
                    late++;
                }
            }
            Map<String, Long> byType =
                    activities.stream().collect(Collectors.groupingBy(Activity::type, Collectors.counting()));

            assertThat(keys).hasSize(activities.size());
            assertThat(late).isBetween(100, 400);
            assertThat(byType.keySet()).contains("view", "asset", "submit", "download", "error");
            assertThat(byType.get("view")).isGreaterThan(byType.get("submit"));
            assertThat(Duration.between(
                            activities.get(0).time(), activities.get(19_999).time()))
                    .isGreaterThan(Duration.ofHours(1));
        }
    }

    private static List<Activity> drain(ActivitySource source) throws IOException {
        List<Activity> activities = new ArrayList<>();
        for (Activity next = source.next(); next != null; next = source.next()) {
            activities.add(next);
        }
        return activities;
    }
}
