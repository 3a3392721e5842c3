package io.tailrace.benchmarks.stream;

import io.tailrace.capture.CaptureConfig;
import io.tailrace.capture.RecordPosition;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A plain Kafka consumer of whole topics, as any application would have it, with Kafka's own settings. */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();

    public TopicReader(CaptureConfig config, String... topics) {
        Map<String, Object> properties = new HashMap<>(config.connection());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        for (String topic : topics) {
            consumer.partitionsFor(topic)
                    .forEach(found -> partitions.add(new TopicPartition(topic, found.partition())));
        }
        consumer.assign(partitions);
    }

    public void toBeginning() {
        consumer.seekToBeginning(partitions);
        partitions.forEach(consumer::position);
    }

    public void toEnd() {
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** What is there, after waiting for it a little. */
    public Iterable<ConsumerRecord<byte[], byte[]>> poll() {
        return consumer.poll(POLL);
    }

    /** All that capture has written, in the order in which it did. */
    public List<ConsumerRecord<byte[], byte[]>> readAll() {
        toBeginning();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            poll().forEach(records::add);
        }
        Comparator<ConsumerRecord<byte[], byte[]>> order = Comparator.comparing(TopicReader::place);
        records.sort(order.thenComparing(ConsumerRecord::topic).thenComparing(ConsumerRecord::partition));
        return records;
    }

    private static SequenceNumbers.Position place(ConsumerRecord<byte[], byte[]> record) {
        return RecordPosition.of(record);
    }

    /** Ends a poll, from another thread. */
    public void stop() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
