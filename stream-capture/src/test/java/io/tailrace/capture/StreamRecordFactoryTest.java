package io.tailrace.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalMutation;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.stream.StreamFormat;
import io.tailrace.schemas.stream.StreamOptions;
import io.tailrace.schemas.stream.StreamTag;
import java.nio.ByteBuffer;
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

    @Test
    void anItemsChangeOfAnEarlierReleaseIsWrittenAsTheSchemaHasItNow() {
        workload.createTable("Items", StreamViewType.NEW_AND_OLD_IMAGES);
        workload.commitItems(1);
        JournalEntry entry = journal.all().get(journal.all().size() - 1);
        JournalMutation now = entry.mutations().get(0);
        ByteBuffer record = now.changeRecord();
        ByteBuffer earlier = record.duplicate().limit(record.limit() - 1); // without the version, a null
        JournalMutation before = new JournalMutation(false, now.stateKey(), now.partitionKey().length, earlier);
        RecordFactory factory = new RecordFactory("here", TopicSettings.DEFAULT, serdes.framing());
        List<byte[]> values = new ArrayList<>();
        for (JournalMutation mutation : List.of(now, before)) {
            JournalEntry of = new JournalEntry(entry.sequence(), entry.commitTime(), List.of(mutation), null);
            values.add(factory.records(of, 0, null).get(0).record().value());
        }
        assertThat(values.get(1)).isEqualTo(values.get(0));
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
