package io.tailrace.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.catalog.Catalog;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalMutation;
import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.key.PartitionHash;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Change;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.stream.StreamFormat;
import io.tailrace.schemas.stream.StreamOptions;
import io.tailrace.schemas.topic.RecordHeaders;
import io.tailrace.schemas.topic.SequenceNumbers;
import io.tailrace.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Says, the plain way with decoded items, what the topics must hold for a journal, and compares. */
final class Oracle {
    /** What a record must be; {@code value} is the decoded model. */
    private record Expected(SequenceNumbers.Position position, String key, Object value) {}

    private static final String TOMBSTONE = "tombstone";

    private final String region;
    private final TopicSettings settings;
    private final TailraceSerdes serdes = new TailraceSerdes(null);
    /** By topic and partition. */
    private final Map<String, Map<Integer, List<Expected>>> expected = new TreeMap<>();

    private final Set<String> eventIds = new TreeSet<>();
    private final Map<String, Long> transactions = new TreeMap<>();

    Oracle(String region, TopicSettings settings) {
        this.region = region;
        this.settings = settings;
    }

    /** Asserts that the topics hold exactly the records of these entries, in order. */
    void assertCaptured(String bootstrapServers, List<JournalEntry> entries) {
        expect(entries);
        expected.forEach((topic, partitions) -> {
            Map<Integer, List<Expected>> actual = new TreeMap<>();
            for (ConsumerRecord<byte[], byte[]> record : KafkaProbe.readAll(bootstrapServers, topic)) {
                actual.computeIfAbsent(record.partition(), partition -> new ArrayList<>())
                        .add(actual(topic, record));
            }
            assertThat(positions(actual)).as("positions in %s", topic).isEqualTo(positions(partitions));
            assertThat(actual).as("records of %s", topic).isEqualTo(partitions);
        });
    }

    private void expect(List<JournalEntry> entries) {
        Catalog catalog = Catalog.EMPTY;
        for (JournalEntry entry : entries) {
            for (int index = 0; index < entry.mutations().size(); index++) {
                JournalMutation mutation = entry.mutations().get(index);
                ChangeRecord record = ChangeRecordCodec.decode(mutation.changeRecord());
                Change change = record.change();
                SequenceNumbers.Position position = new SequenceNumbers.Position(entry.sequence(), index);
                if (change instanceof CatalogChange catalogChange) {
                    catalog = catalog.apply(catalogChange);
                    String key = HexFormat.of().formatHex(StateKeys.idPrefix(change.tableId()));
                    for (int partition = 0; partition < settings.partitions(); partition++) {
                        add(Topics.mutations(region), partition, new Expected(position, key, record));
                    }
                } else if (change instanceof ItemChange item) {
                    expectItem(
                            record,
                            item,
                            catalog.table(item.tableId()).orElseThrow(),
                            position,
                            entry.commandPosition() != null);
                }
            }
        }
    }

    private void expectItem(
            ChangeRecord record,
            ItemChange item,
            TableDefinition table,
            SequenceNumbers.Position position,
            boolean ofCommand) {
        int hash = PartitionHash.of(table.key(), item.keys());
        add(
                Topics.mutations(region),
                PartitionHash.partition(hash, settings.partitions()),
                new Expected(position, HexFormat.of().formatHex(StateKeys.topicKey(table, item.keys())), record));
        if (table.stream() == null || item.isBackfill()) {
            return;
        }
        StreamViewType view = table.stream().viewType();
        Item newImage = view.showsNewImage() ? item.newImage() : null;
        Item oldImage = view.showsOldImage() ? item.oldImage() : null;
        StreamRecord streamRecord = new StreamRecord(
                "",
                item.eventName(),
                region,
                record.commitTime(),
                item.keys(),
                newImage,
                oldImage,
                SequenceNumbers.format(position.sequence(), position.mutationIndex()),
                (long) ItemSize.of(item.keys())
                        + (newImage == null ? 0 : ItemSize.of(newImage))
                        + (oldImage == null ? 0 : ItemSize.of(oldImage)),
                view,
                record.userIdentity());
        StreamOptions options = settings.streamOptions(table);
        byte[] stateKey = StateKeys.tableKey(table, item.keys());
        String key = HexFormat.of()
                .formatHex(
                        options.tombstones()
                                ? Arrays.copyOfRange(stateKey, 2 * Integer.BYTES, stateKey.length)
                                : StateKeys.streamTopicKey(table, item.keys()));
        String topic = Topics.stream(region, table.name());
        int partition = PartitionHash.partition(hash, options.partitions());
        add(
                topic,
                partition,
                new Expected(
                        position,
                        key,
                        List.of(
                                options.format(),
                                origin(record, ofCommand),
                                record.mutationCount() > 1,
                                streamRecord)));
        if (options.tombstones() && item.newImage() == null) {
            add(topic, partition, new Expected(position, key, TOMBSTONE));
        }
    }

    private static String origin(ChangeRecord record, boolean ofCommand) {
        if (record.userIdentity() != null) {
            return RecordHeaders.ORIGIN_TTL;
        }
        return ofCommand ? RecordHeaders.ORIGIN_PROCESSOR : RecordHeaders.ORIGIN_USER;
    }

    private void add(String topic, int partition, Expected record) {
        expected.computeIfAbsent(topic, name -> new TreeMap<>())
                .computeIfAbsent(partition, number -> new ArrayList<>())
                .add(record);
    }

    private Expected actual(String topic, ConsumerRecord<byte[], byte[]> record) {
        String key = HexFormat.of().formatHex(record.key());
        SequenceNumbers.Position position = RecordPosition.of(record);
        if (topic.equals(Topics.mutations(region))) {
            return new Expected(
                    position, key, serdes.changeRecord().deserializer().deserialize(topic, record.value()));
        }
        if (record.value() == null) {
            assertThat(header(record, RecordHeaders.EVENT_NAME)).isEqualTo("REMOVE");
            return new Expected(position, key, TOMBSTONE);
        }
        StreamRecord stream = serdes.streamRecord().deserializer().deserialize(topic, record.value());
        assertThat(eventIds.add(stream.eventId()))
                .as("event id %s is new", stream.eventId())
                .isTrue();
        assertThat(header(record, RecordHeaders.EVENT_NAME))
                .isEqualTo(stream.eventName().name());
        assertThat(header(record, RecordHeaders.SEQUENCE_NUMBER)).isEqualTo(stream.sequenceNumber());
        assertThat(header(record, RecordHeaders.REGION)).isEqualTo(region);
        String transaction = header(record, RecordHeaders.TRANSACTION_ID);
        if (transaction != null) {
            assertThat(transactions.computeIfAbsent(transaction, none -> position.sequence()))
                    .as("the commit of transaction %s", transaction)
                    .isEqualTo(position.sequence());
        }
        StreamFormat format = record.value()[0] == '{' ? StreamFormat.JSON : StreamFormat.AVRO;
        assertThat(record.timestamp() / 1_000)
                .as("the record's time is the commit's")
                .isEqualTo(stream.approximateCreationTime().getEpochSecond());
        return new Expected(
                position,
                key,
                List.of(
                        format,
                        header(record, RecordHeaders.ORIGIN),
                        transaction != null,
                        new StreamRecord(
                                "",
                                stream.eventName(),
                                stream.awsRegion(),
                                stream.approximateCreationTime(),
                                stream.keys(),
                                stream.newImage(),
                                stream.oldImage(),
                                stream.sequenceNumber(),
                                stream.sizeBytes(),
                                stream.viewType(),
                                stream.userIdentity())));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : RecordHeaders.textValue(header.value());
    }

    private static Map<Integer, List<SequenceNumbers.Position>> positions(Map<Integer, List<Expected>> records) {
        Map<Integer, List<SequenceNumbers.Position>> positions = new TreeMap<>();
        records.forEach((partition, list) ->
                positions.put(partition, list.stream().map(Expected::position).toList()));
        return positions;
    }
}
