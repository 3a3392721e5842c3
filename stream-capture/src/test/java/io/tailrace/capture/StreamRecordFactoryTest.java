package io.tailrace.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.stream.StreamFormat;
import io.tailrace.schemas.stream.StreamOptions;
import io.tailrace.schemas.stream.StreamTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stream records say the same in both formats, and a table's tags have the last word. */
class StreamRecordFactoryTest {
    private final MemoryJournal journal = new MemoryJournal();
    private final Workload workload = new Workload("here", journal, 5);
    private final TailraceSerdes serdes = new TailraceSerdes(null);

    @Test
    void bothFormatsSayTheSame() {
        workload.createTable("Items", StreamViewType.NEW_AND_OLD_IMAGES);
        workload.tag("Items", Map.of());
        workload.commitItems(500);
        List<StreamRecord> avro = records(StreamFormat.AVRO);
        assertThat(avro).hasSizeGreaterThan(400);
        assertThat(records(StreamFormat.JSON)).isEqualTo(avro);
    }

    @Test
    void aTagOverridesTheSetting() {
        workload.createTable("Items", StreamViewType.NEW_AND_OLD_IMAGES);
        workload.tag("Items", Map.of(StreamTag.FORMAT.key(), "avro"));
        workload.commitItems(10);
        assertThat(values(StreamFormat.JSON)).isNotEmpty().allMatch(value -> value[0] == (byte) 0xC3);
        workload.tag("Items", Map.of());
        assertThat(values(StreamFormat.JSON)).isNotEmpty().allMatch(value -> value[0] == '{');
    }

    private List<StreamRecord> records(StreamFormat format) {
        return values(format).stream()
                .map(value -> serdes.streamRecord().deserializer().deserialize("t", value))
                .toList();
    }

    /** Of all entries, with the table as it is now. */
    private List<byte[]> values(StreamFormat format) {
        RecordFactory factory = new RecordFactory(
                "here", TopicSettings.DEFAULT.withStreams(StreamOptions.DEFAULT.withFormat(format)), serdes.framing());
        List<byte[]> values = new ArrayList<>();
        for (JournalEntry entry : journal.all()) {
            for (int index = 0; index < entry.mutations().size(); index++) {
                factory.records(entry, index, workload.catalog().table("Items").orElseThrow()).stream()
                        .filter(record -> record.record().topic().endsWith(".stream.Items"))
                        .forEach(record -> values.add(record.record().value()));
            }
        }
        return values;
    }
}
