package io.tailrace.capture;

import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.topic.SequenceNumbers;
import io.tailrace.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads a table's stream topic and follows it. Records come in order for each partition key. */
public final class StreamTail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    /**
     * Where reading begins.
     *
     * @param time not null to begin with the commits of this time
     * @param place not null to begin with this mutation, or the first one behind it
     */
    public record From(boolean now, Instant time, SequenceNumbers.Position place) {
        /** With the oldest record that Kafka still has. */
        public static final From BEGINNING = new From(false, null, null);
        /** With what comes from now on. */
        public static final From NOW = new From(true, null, null);

        public static From time(Instant time) {
            return new From(false, time, null);
        }

        public static From place(SequenceNumbers.Position place) {
            return new From(false, null, place);
        }
    }

    /** Gets the records. */
    public interface Listener {
        void onRecord(int partition, long offset, StreamRecord record);

        /** A record in the topic is no stream record. */
        void onBadRecord(int partition, long offset, String reason);
    }

    private final String topic;
    private final Deserializer<StreamRecord> deserializer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** Connects when it is used; of {@code config} the connection, the region and the registry count. */
    public StreamTail(CaptureConfig config, String table) {
        this.topic = Topics.stream(config.region(), table);
        this.deserializer = TailraceSerdes.withRegistryUrl(config.registryUrl())
                .streamRecord()
                .deserializer();
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) KafkaCalls.TIMEOUT.toMillis());
        properties.putAll(config.connection());
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Hands every record to the listener, until {@link #stop}.
     *
     * @throws CaptureException when there is no such topic
     */
    public void follow(From from, Listener listener) {
        assign(from);
        try {
            while (true) {
                deliver(from.place(), listener);
            }
        } catch (WakeupException stopped) {
            return;
        }
    }

    /**
     * Hands every record that is there now to the listener.
     *
     * @throws CaptureException when there is no such topic
     */
    public void readToEnd(Listener listener) {
        readToEnd(From.BEGINNING, listener);
    }

    /** As {@link #readToEnd(Listener)}, from some place on. */
    public void readToEnd(From from, Listener listener) {
        List<TopicPartition> partitions = assign(from);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        try {
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                deliver(from.place(), listener);
            }
        } catch (WakeupException stopped) {
            return;
        }
    }

    private List<TopicPartition> assign(From from) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new CaptureException(
                    "there is no topic " + topic + ": is the table's stream enabled, and is the region right?");
        }
        consumer.assign(partitions);
        if (from.now()) {
            consumer.seekToEnd(partitions);
        } else {
            consumer.seekToBeginning(partitions);
        }
        if (from.time() != null) {
            seekTo(from.time(), partitions);
        }
        // The positions are looked up lazily: now is when this method is called, not when the first record comes.
        partitions.forEach(consumer::position);
        return partitions;
    }

    /** Records have the time of their commit, which never goes back; without one so late, the end. */
    private void seekTo(Instant time, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, time.toEpochMilli()));
        consumer.offsetsForTimes(wanted).forEach((partition, found) -> {
            if (found == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, found.offset());
            }
        });
    }

    private void deliver(SequenceNumbers.Position first, Listener listener) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            if (record.value() == null) { // a tombstone: what it stands for was told before
                continue;
            }
            SequenceNumbers.Position place = first == null ? null : RecordPosition.of(record);
            if (place != null && place.compareTo(first) < 0) {
                continue;
            }
            StreamRecord streamRecord;
            try {
                streamRecord = deserializer.deserialize(topic, record.value());
            } catch (SerializationException bad) {
                listener.onBadRecord(record.partition(), record.offset(), bad.getMessage());
                continue;
            }
            listener.onRecord(record.partition(), record.offset(), streamRecord);
        }
    }

    /** Ends {@link #follow} or {@link #readToEnd}; from another thread. */
    public void stop() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
