package io.tailrace.capture;

import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalMutation;
import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.codec.ChangeSlices;
import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.codec.StreamRecordCodec;
import io.tailrace.schemas.key.PartitionHash;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.serde.Framing;
import io.tailrace.schemas.serde.RecordSchema;
import io.tailrace.schemas.topic.RecordHeaders;
import io.tailrace.schemas.topic.SequenceNumbers;
import io.tailrace.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * What Kafka gets for a journal entry: a function of the entry and the tables as of it, so that the same entry always makes
 * the same records. No item is decoded; keys and images are copied as the journal has them.
 */
final class RecordFactory {
    /** Instead of an event's name: nothing happened to the item, and no stream shows it. */
    private static final String BACKFILL = "BACKFILL";

    private static final int TABLE_ID_BYTES = 4;
    private static final int HALF_EVENT_ID_BYTES = 8;
    private static final long POSITIONS_PER_COMMIT = SequenceNumbers.MAX_MUTATION_INDEX + 1L;

    private final String region;
    private final TopicSettings settings;
    private final Framing framing;
    private final String mutationsTopic;
    private final String eventIdPrefix;

    RecordFactory(String region, TopicSettings settings, Framing framing) {
        this.region = region;
        this.settings = settings;
        this.framing = framing;
        this.mutationsTopic = Topics.mutations(region);
        this.eventIdPrefix = eventIdPrefix(region);
    }

    /**
     * The records of one mutation: for the mutations topic (a catalog change in every partition, any other in its own),
     * and, when the table has a stream and something happened, for its stream topic.
     *
     * @param table as of the mutation; null when it is not known
     */
    List<CapturedRecord> records(JournalEntry entry, int index, TableDefinition table) {
        JournalMutation mutation = entry.mutations().get(index);
        byte[] prefix = framing.prefix(mutationsTopic, RecordSchema.CHANGE_RECORD);
        byte[] value = Framing.frame(prefix, body(mutation));
        byte[] key = mutation.topicKey();
        List<Header> headers = new ArrayList<>();
        headers.add(header(RecordHeaders.TABLE_ID, RecordHeaders.ofInt(mutation.tableId())));
        if (table != null) {
            headers.add(header(RecordHeaders.TABLE, RecordHeaders.ofText(table.name())));
        }
        List<CapturedRecord> records = new ArrayList<>();
        if (mutation.catalog()) {
            for (int partition = 0; partition < settings.partitions(); partition++) {
                records.add(record(entry, index, mutationsTopic, partition, key, value, headers));
            }
            return records;
        }
        ChangeSlices change = ChangeSlices.of(ByteBuffer.wrap(value, prefix.length, value.length - prefix.length));
        boolean backfill = change.itemChange().isBackfill();
        headers.add(header(
                RecordHeaders.EVENT_NAME,
                RecordHeaders.ofText(
                        backfill ? BACKFILL : change.itemChange().eventName().name())));
        int partition = PartitionHash.partition(mutation.partitionHash(), settings.partitions());
        records.add(record(entry, index, mutationsTopic, partition, key, value, headers));
        if (table != null && table.stream() != null && !backfill) {
            headers.add(header(
                    RecordHeaders.STREAM_LABEL,
                    RecordHeaders.ofText(table.stream().label())));
            records.add(streamRecord(entry, index, change, table, headers));
        }
        return records;
    }

    /**
     * The mutation's change record as the current schema has it. Those of items never changed; one of the catalog may have
     * been written by an older release, and is written anew.
     */
    private static ByteBuffer body(JournalMutation mutation) {
        return mutation.catalog()
                ? ByteBuffer.wrap(ChangeRecordCodec.encode(ChangeRecordCodec.decode(mutation.changeRecord())))
                : mutation.changeRecord();
    }

    private CapturedRecord streamRecord(
            JournalEntry entry, int index, ChangeSlices change, TableDefinition table, List<Header> headers) {
        ChangeSlices.ItemSlices item = change.itemChange();
        StreamViewType view = table.stream().viewType();
        ByteBuffer newImage = view.showsNewImage() ? item.newImage() : null;
        ByteBuffer oldImage = view.showsOldImage() ? item.oldImage() : null;
        StreamRecordCodec.Header header = new StreamRecordCodec.Header(
                eventId(entry.sequence(), index),
                item.eventName(),
                region,
                entry.commitTime(),
                SequenceNumbers.format(entry.sequence(), index),
                (long) ItemCodec.itemSizeBytes(item.keys()) + sizeBytes(newImage) + sizeBytes(oldImage),
                view,
                change.userIdentity());
        String topic = Topics.stream(region, table.name());
        byte[] value = Framing.frame(
                framing.prefix(topic, RecordSchema.STREAM_RECORD),
                StreamRecordCodec.encode(header, item.keys(), newImage, oldImage));
        JournalMutation mutation = entry.mutations().get(index);
        int partition = PartitionHash.partition(
                mutation.partitionHash(), settings.streams().partitions());
        byte[] topicKey = mutation.topicKey();
        byte[] key = Arrays.copyOfRange(topicKey, TABLE_ID_BYTES, topicKey.length);
        return record(entry, index, topic, partition, key, value, headers);
    }

    /** 32 hexadecimal digits, as DynamoDB's have: half for the region, half for the place in its log. */
    String eventId(long sequence, int index) {
        return eventIdPrefix + HexFormat.of().toHexDigits(sequence * POSITIONS_PER_COMMIT + index);
    }

    private CapturedRecord record(
            JournalEntry entry,
            int index,
            String topic,
            int partition,
            byte[] key,
            byte[] value,
            List<Header> furtherHeaders) {
        List<Header> headers = new ArrayList<>(furtherHeaders.size() + 2);
        headers.add(header(RecordHeaders.SEQUENCE, RecordHeaders.ofLong(entry.sequence())));
        headers.add(header(RecordHeaders.MUTATION_INDEX, RecordHeaders.ofInt(index)));
        headers.addAll(furtherHeaders);
        return new CapturedRecord(
                new SequenceNumbers.Position(entry.sequence(), index),
                new ProducerRecord<>(topic, partition, entry.commitTime().toEpochMilli(), key, value, headers));
    }

    private static Header header(String name, byte[] value) {
        return new RecordHeader(name, value);
    }

    private static int sizeBytes(ByteBuffer image) {
        return image == null ? 0 : ItemCodec.itemSizeBytes(image);
    }

    private static String eventIdPrefix(String region) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(region.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HALF_EVENT_ID_BYTES);
        } catch (NoSuchAlgorithmException impossible) { // every JDK has it
            throw new IllegalStateException(impossible);
        }
    }
}
