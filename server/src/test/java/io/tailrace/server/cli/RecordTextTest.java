package io.tailrace.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.schemas.model.EventName;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.model.StreamViewType;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Records are shown as lines of JSON or as what changed, and filtered by event and key. */
final class RecordTextTest {
    private static final String KEY = "{\"k\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}";

    private static Item item(String json) {
        return RecordFilter.parseKey(json);
    }

    private static StreamRecord record(EventName event, String before, String after) {
        return new StreamRecord(
                "id",
                event,
                "us-east-1",
                Instant.parse("2026-05-17T10:05:03Z"),
                item(KEY),
                after == null ? null : item(after),
                before == null ? null : item(before),
                "100000000000000042000",
                10,
                StreamViewType.NEW_AND_OLD_IMAGES,
                null);
    }

    @Test
    void aDiffHasALineForEachAttributeThatChanged() {
        StreamRecord modify = record(
                EventName.MODIFY,
                "{\"k\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"},\"same\":{\"BOOL\":true},\"gone\":{\"NULL\":true},\"v\":{\"S\":\"x\"}}",
                "{\"k\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"},\"same\":{\"BOOL\":true},\"new\":{\"L\":[]},\"v\":{\"S\":\"y\"}}");
        assertThat(RecordText.DIFF.of(modify).lines())
                .containsExactly(
                        "2026-05-17T10:05:03Z MODIFY " + KEY + " #100000000000000042000",
                        "    - gone {\"NULL\":true}",
                        "    + new {\"L\":[]}",
                        "    - v {\"S\":\"x\"}",
                        "    + v {\"S\":\"y\"}");
    }

    @Test
    void aRecordWithoutImagesIsItsKey() {
        assertThat(RecordText.DIFF.of(record(EventName.REMOVE, null, null)))
                .isEqualTo("2026-05-17T10:05:03Z REMOVE " + KEY + " #100000000000000042000");
    }

    @Test
    void jsonIsOneLine() {
        assertThat(RecordText.JSON.of(record(EventName.INSERT, null, KEY)))
                .doesNotContain("\n")
                .startsWith("{\"eventID\":\"id\",\"eventName\":\"INSERT\"")
                .contains("\"NewImage\":" + KEY);
    }

    @Test
    void filtersByEventAndByAllOrPartOfTheKey() {
        StreamRecord insert = record(EventName.INSERT, null, KEY);
        assertThat(new RecordFilter(Set.of(), null).test(insert)).isTrue();
        assertThat(new RecordFilter(Set.of(EventName.INSERT, EventName.REMOVE), item(KEY)).test(insert))
                .isTrue();
        assertThat(new RecordFilter(Set.of(EventName.REMOVE), null).test(insert))
                .isFalse();
        assertThat(new RecordFilter(Set.of(), item("{\"k\":{\"S\":\"a\"}}")).test(insert))
                .isTrue();
        assertThat(new RecordFilter(Set.of(), item("{\"k\":{\"S\":\"b\"}}")).test(insert))
                .isFalse();
        assertThat(new RecordFilter(Set.of(), item("{\"n\":{\"N\":\"1.0\"}}")).test(insert))
                .isTrue();
        for (String wrong : new String[] {"", "{", "[]", "a", KEY + KEY, "{\"k\":1}"}) {
            assertThatThrownBy(() -> RecordFilter.parseKey(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
