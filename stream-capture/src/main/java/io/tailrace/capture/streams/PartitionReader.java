package io.tailrace.capture.streams;

import io.tailrace.capture.CaptureConfig;
import io.tailrace.capture.RecordPosition;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.topic.SequenceNumbers.Position;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * One Kafka consumer, and what it has read ahead of the place where its last reader stopped. Belongs to one thread at a
 * time; after a failure it must be closed.
 */
final class PartitionReader implements AutoCloseable {
    /** Of the records' keys and images. (API Reference, Streams, GetRecords: 1 MB.) */
    static final long MAX_PAGE_BYTES = 1 << 20;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofSeconds(15);
    /** Of what Kafka sends at once; a single batch may be larger. */
    private static final int FETCH_BYTES = 1 << 20;

    private static final long NOWHERE = -1;

    private final Deserializer<StreamRecord> deserializer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deque<ConsumerRecord<byte[], byte[]>> ahead = new ArrayDeque<>();
    private TopicPartition partition;
    private long position;

    PartitionReader(CaptureConfig config, Deserializer<StreamRecord> deserializer) {
        this.deserializer = deserializer;
        Map<String, Object> properties = new HashMap<>(config.connection());
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "tailrace-streams-" + config.region());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, StreamsApi.MAX_RECORDS);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        // A fetch that waits at the end of a partition would hold up the next read, which is of another place.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 1);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Whether a read that begins there can go on with what is read ahead already. */
    boolean isAt(TopicPartition wanted, long offset) {
        return wanted.equals(partition) && offset == position;
    }

    /**
     * Reads a page.
     *
     * @throws io.tailrace.engine.error.DynamoException when records that the reader has not seen are gone
     * @throws org.apache.kafka.common.KafkaException when Kafka is away or the records cannot be read
     */
    RecordPage read(ReadRequest request) {
        assign(request.partition());
        long end = request.endOffset() >= 0 ? request.endOffset() : endOffset(request.partition());
        long start = request.offset();
        if (request.horizonTime() != null) {
            start = horizon(request, end);
        } else if (start == ShardIterator.UNKNOWN_OFFSET || start > end) { // behind the end: Kafka lost what it had
            start = find(request.partition(), request.next(), end, request.firstSequence());
        }
        moveTo(request.partition(), start);
        try {
            return page(request, end);
        } catch (OffsetOutOfRangeException outside) {
            if (position < beginning(request.partition())) {
                throw StreamErrors.trimmed();
            }
            throw outside;
        }
    }

    private RecordPage page(ReadRequest request, long end) {
        List<StreamRecord> records = new ArrayList<>();
        Position next = request.next();
        long bytes = 0;
        while (records.size() < request.maxRecords()) {
            ConsumerRecord<byte[], byte[]> record = peek(end);
            if (record == null) {
                return new RecordPage(records, next, position, RecordPage.Ending.END_OF_PARTITION);
            }
            Position place = placeOf(record);
            if (place != null && request.end() != null && place.compareTo(request.end()) >= 0) {
                return new RecordPage(records, next, position, RecordPage.Ending.END_OF_SHARD);
            }
            if (place != null && place.compareTo(next) >= 0 && record.value() != null) {
                StreamRecord streamRecord = deserializer.deserialize(record.topic(), record.value());
                bytes += streamRecord.sizeBytes();
                if (!records.isEmpty() && bytes > MAX_PAGE_BYTES) {
                    break;
                }
                records.add(streamRecord);
                next = new Position(place.sequence(), place.mutationIndex() + 1);
            }
            ahead.removeFirst();
            position = record.offset() + 1;
        }
        return new RecordPage(records, next, position, RecordPage.Ending.FULL);
    }

    /**
     * The offset of the first record at this place or behind it.
     *
     * @param firstSequence commits before this one may have been lost with their topic
     * @throws io.tailrace.engine.error.DynamoException when the place is before the oldest record that is left
     */
    long find(TopicPartition wanted, Position place, long end, long firstSequence) {
        assign(wanted);
        long low = beginning(wanted);
        Position oldest = placeAt(wanted, low, end);
        boolean isBefore = oldest == null ? low == 0 : place.compareTo(oldest) < 0;
        // Of a topic from which nothing was removed yet, only what it was filled without can be missing.
        if (isBefore && (low > 0 || place.sequence() < firstSequence)) {
            throw StreamErrors.trimmed();
        }
        long high = end;
        while (low < high) {
            long middle = low + (high - low) / 2;
            Position found = placeAt(wanted, middle, high);
            if (found != null && found.compareTo(place) < 0) {
                low = position + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The offset behind the partition's last record. */
    long endOffset(TopicPartition wanted) {
        assign(wanted);
        return consumer.endOffsets(List.of(wanted)).get(wanted);
    }

    /** Where what is left of a shard begins. Records have their commit's time, which never goes back. */
    private long horizon(ReadRequest request, long end) {
        TopicPartition wanted = request.partition();
        OffsetAndTimestamp first = consumer.offsetsForTimes(
                        Map.of(wanted, request.horizonTime().toEpochMilli()))
                .get(wanted);
        return first == null ? end : Math.max(first.offset(), beginning(wanted));
    }

    private long beginning(TopicPartition wanted) {
        return consumer.beginningOffsets(List.of(wanted)).get(wanted);
    }

    /** The place of the first record of capture at this offset or behind it, where {@code position} then is; null without one. */
    private Position placeAt(TopicPartition wanted, long offset, long end) {
        moveTo(wanted, offset);
        for (ConsumerRecord<byte[], byte[]> record = peek(end); record != null; record = peek(end)) {
            position = record.offset();
            Position place = placeOf(record);
            if (place != null) {
                return place;
            }
            ahead.removeFirst();
            position++;
        }
        return null;
    }

    /** A tombstone is behind the mutation that it stands for: it shows nothing of it. */
    private static Position placeOf(ConsumerRecord<byte[], byte[]> record) {
        Position place = RecordPosition.of(record);
        return place == null || record.value() != null
                ? place
                : new Position(place.sequence(), place.mutationIndex() + 1);
    }

    /** Before anything is asked about the partition: its offsets are kept with its assignment. */
    private void assign(TopicPartition wanted) {
        if (!wanted.equals(partition)) {
            ahead.clear();
            consumer.assign(List.of(wanted));
            partition = wanted;
            position = NOWHERE;
        }
    }

    private void moveTo(TopicPartition wanted, long offset) {
        if (isAt(wanted, offset)) {
            return;
        }
        assign(wanted);
        ahead.clear();
        consumer.seek(wanted, offset);
        position = offset;
    }

    /** The next record before this offset, which stays the next; null when there is none. */
    private ConsumerRecord<byte[], byte[]> peek(long end) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (ahead.isEmpty()) {
            if (consumer.position(partition) >= end) {
                position = Math.max(position, consumer.position(partition));
                return null;
            }
            consumer.poll(POLL).forEach(ahead::add);
            if (ahead.isEmpty() && System.nanoTime() - deadline > 0) {
                throw new TimeoutException("no records of " + partition + " in " + LIMIT.toSeconds() + " s");
            }
        }
        ConsumerRecord<byte[], byte[]> first = ahead.getFirst();
        return first.offset() < end ? first : null;
    }

    /** Ends a call that waits for Kafka, from another thread. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
