package io.tailrace.server.demo;

import io.tailrace.schemas.model.EventName;
import io.tailrace.schemas.model.StreamRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a table's stream topic from its start, as any Kafka application could, and checks it: within a partition
 * sequence numbers only grow, so a record that comes twice is noticed without remembering them all.
 */
final class StreamWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamWatcher.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(10);

    private final Consumer<byte[], StreamRecord> consumer;
    private final String topic;
    private final VisibilityClock clock;
    private final Thread thread = new Thread(this::run, "demo-stream-watcher");
    private final Map<Integer, String> lastSequenceNumbers = new HashMap<>();
    private final AtomicLong inserts = new AtomicLong();
    private final AtomicLong others = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong expired = new AtomicLong();
    private volatile boolean isClosed;
    private volatile RuntimeException failure;

    /** Takes over the consumer. */
    StreamWatcher(Consumer<byte[], StreamRecord> consumer, String topic, VisibilityClock clock) {
        this.consumer = consumer;
        this.topic = topic;
        this.clock = clock;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Records of new items, those that retention has already removed included. */
    long inserts() {
        if (failure != null) {
            throw new IllegalStateException("the stream topic " + topic + " cannot be read", failure);
        }
        return inserts.get() + expired.get();
    }

    /** Records of changed and removed items. */
    long others() {
        return others.get();
    }

    /** Records whose sequence number was not above the one before; 0 unless something is wrong. */
    long repeated() {
        return repeated.get();
    }

    @Override
    public void close() {
        isClosed = true;
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            List<TopicPartition> partitions = awaitPartitions();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            consumer.beginningOffsets(partitions).values().forEach(expired::addAndGet);
            while (!isClosed) {
                for (ConsumerRecord<byte[], StreamRecord> record : consumer.poll(POLL)) {
                    accept(record);
                }
            }
        } catch (WakeupException closing) {
            LOG.debug("stream watcher stops");
        } catch (RuntimeException unreadable) {
            failure = unreadable;
        }
    }

    /** The topic comes with the table, but a moment later. */
    private List<TopicPartition> awaitPartitions() {
        while (!isClosed) {
            List<PartitionInfo> known = consumer.listTopics(METADATA_TIMEOUT).getOrDefault(topic, List.of());
            if (!known.isEmpty()) {
                return known.stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
            }
            consumer.poll(POLL);
        }
        return List.of();
    }

    private void accept(ConsumerRecord<byte[], StreamRecord> received) {
        StreamRecord record = received.value();
        String last = lastSequenceNumbers.put(received.partition(), record.sequenceNumber());
        if (last != null && last.compareTo(record.sequenceNumber()) >= 0) {
            repeated.incrementAndGet();
        }
        if (record.eventName() == EventName.INSERT) {
            inserts.incrementAndGet();
            clock.seen(Ingest.sampleKey(record.keys()), System.nanoTime());
        } else {
            others.incrementAndGet();
        }
    }
}
