package io.tailrace.benchmarks.bulk;

import io.tailrace.processors.replication.RegionKafka;
import io.tailrace.processors.replication.ReplicatorSettings;
import io.tailrace.schemas.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A replicator's consumer and producer and nothing between them: for each mutation that comes, the next of the commands that a
 * replicator made is sent. Offsets are committed as often.
 */
final class BarePair implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);
    private static final long COMMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final String mutations;
    private final Map<Integer, List<ConsumerRecord<byte[], byte[]>>> commands;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "bare pair");
    private volatile boolean closing;

    /**
     * Makes a pair that does nothing yet.
     *
     * @param commands by partition, at least as many as there are mutations
     */
    BarePair(
            RegionKafka source,
            RegionKafka target,
            String group,
            Map<Integer, List<ConsumerRecord<byte[], byte[]>>> commands) {
        this.mutations = Topics.mutations(source.region());
        this.commands = commands;
        this.consumer = new KafkaConsumer<>(
                ReplicatorSettings.consumer(source, group, Optional.empty()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.producer = new KafkaProducer<>(
                ReplicatorSettings.producer(target), new ByteArraySerializer(), new ByteArraySerializer());
    }

    void start() {
        thread.start();
    }

    /** How many commands Kafka has acknowledged. */
    long acknowledged() {
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("the consumer-producer pair failed", failed);
        }
        return acknowledged.get();
    }

    private void run() {
        try {
            consumer.subscribe(Set.of(mutations), new FromTheBeginning());
            long committed = System.nanoTime();
            while (!closing) {
                for (ConsumerRecord<byte[], byte[]> mutation : consumer.poll(POLL)) {
                    send(mutation);
                }
                if (System.nanoTime() - committed >= COMMIT_NANOS) {
                    producer.flush();
                    consumer.commitSync(COMMIT_TIMEOUT);
                    committed = System.nanoTime();
                }
            }
        } catch (WakeupException closed) {
            if (!closing) {
                failure.compareAndSet(null, closed);
            }
        } catch (RuntimeException failed) { // the boundary of the thread: who asks for the count is told
            failure.compareAndSet(null, failed);
        }
    }

    private void send(ConsumerRecord<byte[], byte[]> mutation) {
        ConsumerRecord<byte[], byte[]> command =
                commands.get(mutation.partition()).get((int) mutation.offset());
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(command.topic(), command.partition(), command.key(), command.value());
        command.headers().forEach(record.headers()::add);
        producer.send(record, (metadata, failed) -> {
            if (failed == null) {
                acknowledged.incrementAndGet();
            } else {
                failure.compareAndSet(null, failed);
            }
        });
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        producer.close();
        consumer.close();
    }

    /** As a replicator that is new to its group. */
    private final class FromTheBeginning implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // Nothing is kept for them.
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.seekToBeginning(partitions);
        }
    }
}
