package io.tailrace.server.crash;

import io.tailrace.engine.catalog.Catalog;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalMutation;
import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.key.PartitionHash;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.EventName;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.topic.RecordHeaders;
import io.tailrace.schemas.topic.SequenceNumbers;
import io.tailrace.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The journal beside the topics, record by record: each partition of the mutations topic has its mutations, once and in order;
 * each stream has in its topic what the table's changes were while it was enabled, as its view shows them.
 */
final class TopicComparison {
    private static final int FRAMING_BYTES = 10;

    private final String region;
    private final int partitions;
    private final boolean tombstones;
    private final Problems problems;
    private final Map<Integer, RecordLog> expectedMutations = new HashMap<>();
    /** By table name and label. */
    private final Map<String, RecordLog> expectedStreams = new TreeMap<>();
    /** By table name and label, as the Streams API must show them. */
    private final Map<String, RecordLog> shownStreams = new TreeMap<>();

    private final Map<String, Integer> partitionOf = new HashMap<>();
    /** By partition of a stream's topic, the removal whose tombstone must be next. */
    private final Map<TopicPartition, SequenceNumbers.Position> removed = new HashMap<>();

    private final Deserializer<ChangeRecord> changes =
            new TailraceSerdes(null).changeRecord().deserializer();
    private final Deserializer<StreamRecord> streams =
            new TailraceSerdes(null).streamRecord().deserializer();
    private Catalog catalog = Catalog.EMPTY;

    /**
     * @param partitions of the mutations topic
     * @param tombstones whether removals are followed by tombstones
     */
    TopicComparison(String region, int partitions, boolean tombstones, Problems problems) {
        this.region = region;
        this.tombstones = tombstones;
        this.partitions = partitions;
        this.problems = problems;
    }

    /** The next entry of the journal. */
    void expect(JournalEntry entry) {
        for (int index = 0; index < entry.mutations().size(); index++) {
            JournalMutation mutation = entry.mutations().get(index);
            SequenceNumbers.Position position = new SequenceNumbers.Position(entry.sequence(), index);
            ChangeRecord record = ChangeRecordCodec.decode(mutation.changeRecord());
            int hash = mutationHash(mutation.topicKey(), mutation.changeRecord(), record);
            if (mutation.catalog()) {
                for (int partition = 0; partition < partitions; partition++) {
                    log(expectedMutations, partition).add(position, hash);
                }
            } else {
                int partition = PartitionHash.partition(mutation.partitionHash(), partitions);
                log(expectedMutations, partition).add(position, hash);
            }
            expectInStream(record, position);
        }
    }

    /** What the mutations topic says, instead of the journal. */
    void expectInStream(ChangeRecord record, SequenceNumbers.Position position) {
        if (record.change() instanceof CatalogChange change) {
            catalog = catalog.apply(change);
            if (change.table().stream() != null) {
                log(expectedStreams, streamOf(change.table()));
            }
            return;
        }
        ItemChange change = (ItemChange) record.change();
        TableDefinition table = catalog.table(change.tableId()).orElseThrow();
        if (table.stream() != null && !change.isBackfill()) {
            log(expectedStreams, streamOf(table))
                    .add(position, StreamContent.expected(record, table.stream().viewType()));
        }
    }

    void compareMutations(TopicReader reader) {
        Map<Integer, RecordLog> found = new HashMap<>();
        reader.read(
                Topics.mutations(region),
                record -> log(found, record.partition())
                        .add(
                                TopicReader.position(record),
                                mutationHash(
                                        record.key(),
                                        ByteBuffer.wrap(
                                                        record.value(),
                                                        FRAMING_BYTES,
                                                        record.value().length - FRAMING_BYTES)
                                                .slice(),
                                        changes.deserialize(record.topic(), record.value()))));
        for (int partition = 0; partition < partitions; partition++) {
            int number = partition;
            log(expectedMutations, partition)
                    .firstDifference(log(found, partition))
                    .ifPresent(difference ->
                            problems.add("journal and partition %d of the mutations topic: %s", number, difference));
        }
    }

    void compareStreams(TopicReader reader) {
        Map<String, RecordLog> found = new TreeMap<>();
        Map<String, RecordLog> byPartition = new TreeMap<>();
        for (String topic : reader.topics()) {
            if (topic.startsWith(Topics.streamPrefix(region))) {
                reader.read(topic, record -> note(record, found, byPartition));
            }
        }
        removed.forEach((place, removal) -> problems.add("%s ends without the tombstone of %s", place, removal));
        byPartition.forEach((partition, log) -> log.firstDisorder()
                .ifPresent(disorder -> problems.add("stream partition %s: %s", partition, disorder)));
        expectedStreams.forEach((stream, log) -> log.firstDifference(sorted(found, stream))
                .ifPresent(difference -> problems.add("journal and topic of the stream %s: %s", stream, difference)));
        found.keySet().stream()
                .filter(stream -> !expectedStreams.containsKey(stream))
                .forEach(stream -> problems.add("the topic has a stream that never was: %s", stream));
    }

    /** The Streams API's answers beside the topics. */
    void compareShown(Map<String, RecordLog> shown) {
        expectedStreams
                .keySet()
                .forEach(stream -> sorted(shownStreams, stream)
                        .firstDifference(log(shown, stream))
                        .ifPresent(
                                difference -> problems.add("topic and API of the stream %s: %s", stream, difference)));
    }

    int streamCount() {
        return expectedStreams.size();
    }

    /** In all streams. */
    long streamRecords() {
        return expectedStreams.values().stream().mapToLong(RecordLog::count).sum();
    }

    private void note(
            ConsumerRecord<byte[], byte[]> record, Map<String, RecordLog> found, Map<String, RecordLog> byPartition) {
        SequenceNumbers.Position position = TopicReader.position(record);
        TopicPartition place = new TopicPartition(record.topic(), record.partition());
        SequenceNumbers.Position removal = removed.remove(place);
        if (record.value() == null ? !position.equals(removal) : removal != null) {
            problems.add(
                    "%s: %s follows the removal %s, a tombstone: %s", place, position, removal, record.value() == null);
        }
        if (record.value() == null) {
            return;
        }
        StreamRecord content = streams.deserialize(record.topic(), record.value());
        String stream = header(record, RecordHeaders.TABLE) + " " + header(record, RecordHeaders.STREAM_LABEL);
        if (tombstones && content.eventName() == EventName.REMOVE) {
            removed.put(place, position);
        }
        int hash = StreamContent.found(content);
        log(found, stream).add(position, hash);
        log(shownStreams, stream).add(position, StreamContent.shown(content));
        log(byPartition, record.topic() + " " + record.partition()).add(position, hash);
        Integer other = partitionOf.putIfAbsent(stream + content.keys().get("pk"), record.partition());
        if (other != null && other != record.partition()) {
            problems.add("%s of %s is in the partitions %d and %d", content.keys(), stream, other, record.partition());
        }
    }

    static String streamOf(TableDefinition table) {
        return table.name() + " " + table.stream().label();
    }

    private static RecordLog sorted(Map<String, RecordLog> logs, String stream) {
        return RecordLog.merged(java.util.List.of(log(logs, stream)));
    }

    private static int mutationHash(byte[] key, ByteBuffer body, ChangeRecord record) {
        int content = record.change() instanceof CatalogChange ? record.hashCode() : body.hashCode();
        return 31 * Arrays.hashCode(key) + content;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return RecordHeaders.textValue(record.headers().lastHeader(name).value());
    }

    private static <K> RecordLog log(Map<K, RecordLog> logs, K key) {
        return logs.computeIfAbsent(key, none -> new RecordLog());
    }
}
