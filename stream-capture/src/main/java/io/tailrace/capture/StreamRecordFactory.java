package io.tailrace.capture;

import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalMutation;
import io.tailrace.engine.operation.StreamArn;
import io.tailrace.schemas.codec.ChangeSlices;
import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.codec.StreamRecordCodec;
import io.tailrace.schemas.json.LambdaRecordJson;
import io.tailrace.schemas.key.PartitionHash;
import io.tailrace.schemas.model.EventName;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.serde.Framing;
import io.tailrace.schemas.serde.RecordSchema;
import io.tailrace.schemas.stream.StreamFormat;
import io.tailrace.schemas.stream.StreamOptions;
import io.tailrace.schemas.topic.SequenceNumbers;
import io.tailrace.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** What a table's stream topic gets for a mutation: a function of the journal and the settings. */
final class StreamRecordFactory {
    private static final int HALF_EVENT_ID_BYTES = 8;
    private static final long POSITIONS_PER_COMMIT = SequenceNumbers.MAX_MUTATION_INDEX + 1L;

    private final String region;
    private final TopicSettings settings;
    private final Framing framing;
    private final String eventIdPrefix;

    StreamRecordFactory(String region, TopicSettings settings, Framing framing) {
        this.region = region;
        this.settings = settings;
        this.framing = framing;
        this.eventIdPrefix = eventIdPrefix(region);
    }

    /**
     * The mutation's stream record, and behind it its tombstone where the table wants one.
     *
     * @param table as of the mutation; it has a stream
     * @param headers of all of them
     */
    List<CapturedRecord> records(
            JournalEntry entry, int index, ChangeSlices change, TableDefinition table, List<Header> headers) {
        StreamOptions options = settings.streamOptions(table);
        JournalMutation mutation = entry.mutations().get(index);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topics.stream(region, table.name()),
                PartitionHash.partition(mutation.partitionHash(), options.partitions()),
                entry.commitTime().toEpochMilli(),
                // Compaction goes by the key, so it has to be the item's then. The partition does not depend on it.
                options.tombstones() ? mutation.itemKey() : mutation.partitionKey(),
                value(entry, index, change, table, options.format()),
                headers);
        SequenceNumbers.Position position = new SequenceNumbers.Position(entry.sequence(), index);
        List<CapturedRecord> records = new ArrayList<>(2);
        records.add(new CapturedRecord(position, record));
        if (options.tombstones() && change.itemChange().eventName() == EventName.REMOVE) {
            records.add(new CapturedRecord(
                    position,
                    new ProducerRecord<>(
                            record.topic(), record.partition(), record.timestamp(), record.key(), null, headers)));
        }
        return records;
    }

    private byte[] value(
            JournalEntry entry, int index, ChangeSlices change, TableDefinition table, StreamFormat format) {
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
        return switch (format) {
            case AVRO ->
                Framing.frame(
                        framing.prefix(Topics.stream(region, table.name()), RecordSchema.STREAM_RECORD),
                        StreamRecordCodec.encode(header, item.keys(), newImage, oldImage));
            case JSON ->
                LambdaRecordJson.encode(decoded(header, item.keys(), newImage, oldImage), StreamArn.of(region, table));
        };
    }

    private static StreamRecord decoded(
            StreamRecordCodec.Header header, ByteBuffer keys, ByteBuffer newImage, ByteBuffer oldImage) {
        return new StreamRecord(
                header.eventId(),
                header.eventName(),
                header.awsRegion(),
                header.approximateCreationTime(),
                ItemCodec.decode(keys),
                decoded(newImage),
                decoded(oldImage),
                header.sequenceNumber(),
                header.sizeBytes(),
                header.viewType(),
                header.userIdentity());
    }

    private static Item decoded(ByteBuffer image) {
        return image == null ? null : ItemCodec.decode(image);
    }

    /** 32 hexadecimal digits, as DynamoDB's have: half for the region, half for the place in its log. */
    String eventId(long sequence, int index) {
        return eventIdPrefix + HexFormat.of().toHexDigits(sequence * POSITIONS_PER_COMMIT + index);
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
