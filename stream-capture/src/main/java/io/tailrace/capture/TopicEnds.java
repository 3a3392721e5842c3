package io.tailrace.capture;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads where topics end: for each partition the last mutation that it holds. Records that are not capture's, and gaps in
 * the offsets, are stepped over.
 */
final class TopicEnds {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int FETCH_WAIT_MILLIS = 1;
    /** How much further back each further look goes. */
    private static final int WIDEN = 16;

    private final TopicAdmin admin;
    private final Map<String, Object> properties = new HashMap<>();

    TopicEnds(TopicAdmin admin, Map<String, String> connection) {
        this.admin = admin;
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        // A consumer fetches ahead, from the end of the partition that it has just read; until that comes back with
        // nothing it does not ask the same broker for the next partition.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        properties.put(
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Integer.toString((int) KafkaCalls.TIMEOUT.toMillis()));
        properties.putAll(connection);
    }

    /**
     * The ends of all partitions of these topics.
     *
     * @param settleTime for how long they must not have moved; zero to take them as they are
     * @throws org.apache.kafka.common.KafkaException when Kafka is away
     */
    Map<TopicPartition, PartitionEnd> read(Collection<TopicDescription> topics, Duration settleTime) {
        Map<TopicPartition, TopicDescription> partitions = new HashMap<>();
        for (TopicDescription topic : topics) {
            topic.partitions()
                    .forEach(info -> partitions.put(new TopicPartition(topic.name(), info.partition()), topic));
        }
        Map<TopicPartition, Long> offsets = settled(partitions.keySet(), settleTime);
        Map<TopicPartition, Long> beginnings = admin.offsets(partitions.keySet(), OffsetSpec.earliest());
        Map<TopicPartition, PartitionEnd> ends = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            partitions.forEach((partition, topic) -> {
                long end = offsets.get(partition);
                ConsumerRecord<byte[], byte[]> last = last(consumer, partition, beginnings.get(partition), end);
                ends.put(
                        partition,
                        last == null
                                ? new PartitionEnd(topic.topicId(), end, null)
                                : new PartitionEnd(
                                        topic.topicId(), end, RecordPosition.of(last), last.value() == null));
            });
        }
        return ends;
    }

    private Map<TopicPartition, Long> settled(Collection<TopicPartition> partitions, Duration settleTime) {
        Map<TopicPartition, Long> offsets = admin.offsets(partitions, OffsetSpec.latest());
        long stillSince = System.nanoTime();
        while (System.nanoTime() - stillSince < settleTime.toNanos()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            Map<TopicPartition, Long> now = admin.offsets(partitions, OffsetSpec.latest());
            if (!now.equals(offsets)) {
                offsets = now;
                stillSince = System.nanoTime();
            }
        }
        return offsets;
    }

    /** The last record of capture; null when there is none. */
    private static ConsumerRecord<byte[], byte[]> last(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long beginning, long end) {
        consumer.assign(List.of(partition));
        ConsumerRecord<byte[], byte[]> last = null;
        long start = end;
        for (long back = 1; last == null && start > beginning; back *= WIDEN) {
            start = Math.max(beginning, end - back);
            last = lastBetween(consumer, partition, start, end);
        }
        return last;
    }

    private static ConsumerRecord<byte[], byte[]> lastBetween(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long start, long end) {
        ConsumerRecord<byte[], byte[]> last = null;
        long limit = System.nanoTime() + KafkaCalls.TIMEOUT.toNanos();
        consumer.seek(partition, start);
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < end && RecordPosition.of(record) != null) {
                    last = record;
                }
            }
            if (System.nanoTime() - limit > 0) {
                throw new TimeoutException("the end of " + partition + " could not be read");
            }
        }
        return last;
    }
}
