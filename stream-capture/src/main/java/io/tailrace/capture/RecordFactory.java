package io.tailrace.capture;

import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalMutation;
import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.codec.ChangeSlices;
import io.tailrace.schemas.key.PartitionHash;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.UserIdentity;
import io.tailrace.schemas.serde.Framing;
import io.tailrace.schemas.serde.RecordSchema;
import io.tailrace.schemas.topic.RecordHeaders;
import io.tailrace.schemas.topic.SequenceNumbers;
import io.tailrace.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * What Kafka gets for a journal entry: a function of the entry and the tables as of it, so that the same entry always makes
 * the same records. Keys and images are copied as the journal has them; only a stream in JSON has its items decoded.
 */
final class RecordFactory {
    /** Instead of an event's name: nothing happened to the item, and no stream shows it. */
    private static final String BACKFILL = "BACKFILL";

    private final TopicSettings settings;
    private final Framing framing;
    private final String mutationsTopic;
    private final StreamRecordFactory streams;
    private final Header region;

    RecordFactory(String region, TopicSettings settings, Framing framing) {
        this.settings = settings;
        this.framing = framing;
        this.mutationsTopic = Topics.mutations(region);
        this.streams = new StreamRecordFactory(region, settings, framing);
        this.region = header(RecordHeaders.REGION, region);
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
        List<Header> headers = headers(entry, index, table);
        List<CapturedRecord> records = new ArrayList<>();
        if (mutation.catalog()) {
            for (int partition = 0; partition < settings.partitions(); partition++) {
                records.add(record(entry, index, partition, value, headers));
            }
            return records;
        }
        ChangeSlices change = ChangeSlices.of(ByteBuffer.wrap(value, prefix.length, value.length - prefix.length));
        if (change.endsEarly()) {
            value = Framing.frame(prefix, renewed(mutation));
            change = ChangeSlices.of(ByteBuffer.wrap(value, prefix.length, value.length - prefix.length));
        }
        boolean backfill = change.itemChange().isBackfill();
        headers.add(header(
                RecordHeaders.EVENT_NAME,
                backfill ? BACKFILL : change.itemChange().eventName().name()));
        headers.add(header(RecordHeaders.SEQUENCE_NUMBER, SequenceNumbers.format(entry.sequence(), index)));
        headers.add(region);
        headers.add(header(RecordHeaders.ORIGIN, origin(entry, change, backfill)));
        if (entry.mutations().size() > 1 && !backfill) {
            headers.add(header(RecordHeaders.TRANSACTION_ID, streams.eventId(entry.sequence(), 0)));
        }
        int partition = PartitionHash.partition(mutation.partitionHash(), settings.partitions());
        records.add(record(entry, index, partition, value, headers));
        if (table != null && table.stream() != null && !backfill) {
            headers.add(header(RecordHeaders.STREAM_LABEL, table.stream().label()));
            records.addAll(streams.records(entry, index, change, table, headers));
        }
        return records;
    }

    private static List<Header> headers(JournalEntry entry, int index, TableDefinition table) {
        List<Header> headers = new ArrayList<>();
        headers.add(new RecordHeader(RecordHeaders.SEQUENCE, RecordHeaders.ofLong(entry.sequence())));
        headers.add(new RecordHeader(RecordHeaders.MUTATION_INDEX, RecordHeaders.ofInt(index)));
        headers.add(new RecordHeader(
                RecordHeaders.TABLE_ID,
                RecordHeaders.ofInt(entry.mutations().get(index).tableId())));
        if (table != null) {
            headers.add(header(RecordHeaders.TABLE, table.name()));
        }
        return headers;
    }

    private static String origin(JournalEntry entry, ChangeSlices change, boolean backfill) {
        if (backfill) {
            return RecordHeaders.ORIGIN_SYSTEM;
        }
        if (change.origin() != null) {
            return RecordHeaders.ORIGIN_REPLICATION;
        }
        if (UserIdentity.TIME_TO_LIVE.equals(change.userIdentity())) {
            return RecordHeaders.ORIGIN_TTL;
        }
        return entry.commandPosition() != null ? RecordHeaders.ORIGIN_PROCESSOR : RecordHeaders.ORIGIN_USER;
    }

    /**
     * The mutation's change record as the journal has it, or, of the catalog, as the current schema has it: a definition
     * may have been written by an older release at any of its fields.
     */
    private static ByteBuffer body(JournalMutation mutation) {
        return mutation.catalog() ? renewed(mutation) : mutation.changeRecord();
    }

    private static ByteBuffer renewed(JournalMutation mutation) {
        return ByteBuffer.wrap(ChangeRecordCodec.encode(ChangeRecordCodec.decode(mutation.changeRecord())));
    }

    private CapturedRecord record(JournalEntry entry, int index, int partition, byte[] value, List<Header> headers) {
        return new CapturedRecord(
                new SequenceNumbers.Position(entry.sequence(), index),
                new ProducerRecord<>(
                        mutationsTopic,
                        partition,
                        entry.commitTime().toEpochMilli(),
                        entry.mutations().get(index).topicKey(),
                        value,
                        headers));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, RecordHeaders.ofText(value));
    }
}
