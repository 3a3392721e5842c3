package io.tailrace.server.demo;

import io.tailrace.schemas.model.EventName;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.topic.Topics;
import io.tailrace.server.settings.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
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

    private final KafkaSettings kafka;
    private final Supplier<Optional<String>> bootstrapServers;
    private final String topic;
    private final VisibilityClock clock;
    private final long startMillis = System.currentTimeMillis();
    private final Thread thread = new Thread(this::run, "demo-stream-watcher");
    private final Map<Integer, String> lastSequenceNumbers = new HashMap<>();
    private final AtomicLong inserts = new AtomicLong();
    private final AtomicLong others = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong expired = new AtomicLong();
    private volatile Consumer<byte[], StreamRecord> consumer;
    private volatile boolean isClosed;
    private volatile KafkaException failure;

    /** @param bootstrapServers empty until the broker is up */
    StreamWatcher(
            String region, KafkaSettings kafka, Supplier<Optional<String>> bootstrapServers, VisibilityClock clock) {
        this.kafka = kafka;
        this.bootstrapServers = bootstrapServers;
        this.topic = Topics.stream(region, ActivityTables.TABLE);
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
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isClosed && bootstrapServers.get().isEmpty()) {
            LockSupport.parkNanos(POLL.toNanos());
        }
        if (isClosed) {
            return;
        }
        try (Consumer<byte[], StreamRecord> opened = open()) {
            consumer = opened;
            List<TopicPartition> partitions = awaitPartitions(opened);
            opened.assign(partitions);
            opened.seekToBeginning(partitions);
            while (!isClosed) {
                for (ConsumerRecord<byte[], StreamRecord> record : opened.poll(POLL)) {
                    accept(record);
                }
            }
        } catch (WakeupException closing) {
            LOG.debug("stream watcher stops");
        } catch (KafkaException unreadable) {
            failure = unreadable;
        }
    }

    private Consumer<byte[], StreamRecord> open() {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers.get().orElseThrow());
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "tailrace-demo");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(
                properties,
                new ByteArrayDeserializer(),
                kafka.schemaRegistryUrl()
                        .map(TailraceSerdes::withRegistryUrl)
                        .orElseGet(() -> new TailraceSerdes(null))
                        .streamRecord()
                        .deserializer());
    }

    /** The topic comes with the table, but a moment later; the broker may be away for a while. */
    private List<TopicPartition> awaitPartitions(Consumer<byte[], StreamRecord> opened) {
        while (!isClosed) {
            try {
                List<TopicPartition> partitions =
                        opened.listTopics(METADATA_TIMEOUT).getOrDefault(topic, List.of()).stream()
                                .map(partition -> new TopicPartition(topic, partition.partition()))
                                .toList();
                if (!partitions.isEmpty()) {
                    opened.beginningOffsets(partitions).values().forEach(expired::addAndGet);
                    return partitions;
                }
            } catch (RetriableException away) {
                LOG.debug("the stream's topic cannot be looked up yet", away);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return List.of();
    }

    private void accept(ConsumerRecord<byte[], StreamRecord> received) {
        StreamRecord record = received.value();
        if (record == null) { // a tombstone
            return;
        }
        String last = lastSequenceNumbers.put(received.partition(), record.sequenceNumber());
        if (last != null && last.compareTo(record.sequenceNumber()) >= 0) {
            repeated.incrementAndGet();
        }
        if (record.eventName() == EventName.INSERT) {
            inserts.incrementAndGet();
            see(received, record);
        } else {
            others.incrementAndGet();
        }
    }

    /** What an earlier run wrote says nothing about this one. */
    private void see(ConsumerRecord<byte[], StreamRecord> received, StreamRecord record) {
        if (received.timestamp() >= startMillis) {
            clock.seen(Ingest.sampleKey(record.keys()), System.nanoTime());
        }
    }
}
