package io.tailrace.server.crash;

import io.tailrace.schemas.topic.RecordHeaders;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads whole topics, as any consumer does. */
final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;

    TopicReader(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", false, "fetch.max.wait.ms", 20),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    Set<String> topics() {
        return consumer.listTopics().keySet();
    }

    int partitions(String topic) {
        return consumer.partitionsFor(topic).size();
    }

    /** All that is in the topic now, partition by partition as it comes. */
    void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        List<TopicPartition> partitions = new ArrayList<>();
        consumer.partitionsFor(topic).forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(reader);
        }
    }

    /** Which mutation a record stands for, by its headers. */
    static SequenceNumbers.Position position(ConsumerRecord<byte[], byte[]> record) {
        return new SequenceNumbers.Position(
                RecordHeaders.longValue(
                        record.headers().lastHeader(RecordHeaders.SEQUENCE).value()),
                RecordHeaders.intValue(record.headers()
                        .lastHeader(RecordHeaders.MUTATION_INDEX)
                        .value()));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
