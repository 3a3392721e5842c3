package io.tailrace.schemas.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table's tags override the settings of streams, each by itself, and only with values that are allowed. */
class StreamOptionsTest {
    private static final StreamOptions SETTINGS = new StreamOptions(StreamFormat.JSON, true, 7, Duration.ofHours(30));

    @Test
    void withoutTagsTheSettingsCount() {
        assertThat(SETTINGS.with(Map.of())).isEqualTo(SETTINGS);
        assertThat(SETTINGS.with(Map.of("team", "orders"))).isEqualTo(SETTINGS);
    }

    @Test
    void tagsOverride() {
        assertThat(SETTINGS.with(Map.of(
                        "tailrace:stream.format", "avro",
                        "tailrace:stream.tombstones", "false",
                        "tailrace:stream.partitions", "12",
                        "tailrace:stream.retention", "7d")))
                .isEqualTo(new StreamOptions(StreamFormat.AVRO, false, 12, Duration.ofDays(7)));
        assertThat(StreamOptions.DEFAULT.with(Map.of("tailrace:stream.format", "json")))
                .isEqualTo(StreamOptions.DEFAULT.withFormat(StreamFormat.JSON));
    }

    @Test
    void whatIsNotAllowedCountsAsNone() {
        assertThat(SETTINGS.with(Map.of("tailrace:stream.format", "xml", "tailrace:stream.partitions", "9")))
                .isEqualTo(SETTINGS.withPartitions(9));
    }

    @ParameterizedTest
    @CsvSource({
        "FORMAT, avro, AVRO",
        "FORMAT, json, Json",
        "TOMBSTONES, true, yes",
        "TOMBSTONES, false, ''",
        "PARTITIONS, 1, 0",
        "PARTITIONS, 1024, 1025",
        "PARTITIONS, 16, 016",
        "PARTITIONS, 3, -3",
        "RETENTION, 1m, 59s",
        "RETENTION, 3650d, 3651d",
        "RETENTION, 90000ms, 90000",
        "RETENTION, 36h, 999999999999999d",
        "RETENTION, 60s, 1w",
    })
    void values(StreamTag tag, String allowed, String refused) {
        assertThat(tag.allows(allowed)).isTrue();
        assertThat(tag.allows(refused)).isFalse();
    }

    @Test
    void keysAreThoseOfTheSettings() {
        for (StreamTag tag : StreamTag.values()) {
            assertThat(tag.key()).startsWith(StreamTag.PREFIX + "stream.");
            assertThat(StreamTag.byKey(tag.key())).contains(tag);
        }
        assertThat(StreamTag.byKey("tailrace:stream.colour")).isEmpty();
    }
}
