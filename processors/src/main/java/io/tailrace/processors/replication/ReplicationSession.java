package io.tailrace.processors.replication;

import io.tailrace.schemas.key.PartitionHash;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.topic.RecordHeaders;
import io.tailrace.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replicator from one connection to its first failure. What was sent and not committed then is sent again by the next one.
 * Used by one thread, {@link #wakeUp} by any.
 */
final class ReplicationSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicationSession.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration REQUEST_TIMEOUT = ReplicatorSettings.REQUEST_TIMEOUT;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final int ID_BYTES = 4;
    private static final long COMMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long MEASURE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RegionKafka source;
    private final RegionKafka target;
    private final Figures figures;
    private final Clock clock;
    private final String mutations;
    private final String commands;
    private final Deserializer<ChangeRecord> changes;
    private final Serializer<Command> encoder;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> sendFailure = new AtomicReference<>();
    private int sourcePartitions;
    private int targetPartitions;
    private long committedNanos = System.nanoTime();
    private long measuredNanos = System.nanoTime() - MEASURE_NANOS;
    private boolean dirty;
    private boolean joined;
    /** Whether the positions are known to be readable. */
    private boolean reading;

    private Instant unreachableSince;
    /** Who has an identity stays a member while it connects again. */
    private CloseOptions.GroupMembershipOperation atTheEnd = CloseOptions.GroupMembershipOperation.DEFAULT;

    /** @param instanceId the identity in the group; empty for a new one */
    ReplicationSession(
            RegionKafka source, RegionKafka target, Optional<String> instanceId, Figures figures, Clock clock) {
        this.source = source;
        this.target = target;
        this.figures = figures;
        this.clock = clock;
        this.mutations = Topics.mutations(source.region());
        this.commands = Topics.commands(target.region());
        this.changes = TailraceSerdes.withRegistryUrl(source.registryUrl())
                .changeRecord()
                .deserializer();
        this.encoder =
                TailraceSerdes.withRegistryUrl(target.registryUrl()).command().serializer();
        this.consumer = new KafkaConsumer<>(
                ReplicatorSettings.consumer(source, group(source.region(), target.region()), instanceId),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.producer = producer();
    }

    /** The consumer group of a pair, on the source's Kafka. */
    static String group(String source, String target) {
        return "tailrace.replication." + source + "-to-" + target;
    }

    private KafkaProducer<byte[], byte[]> producer() {
        try {
            return new KafkaProducer<>(
                    ReplicatorSettings.producer(target), new ByteArraySerializer(), new ByteArraySerializer());
        } catch (RuntimeException failed) {
            consumer.close();
            throw failed;
        }
    }

    /**
     * Looks for the topics on both sides, and joins the group.
     *
     * @throws KafkaException when one of them cannot be reached, or has no topic yet; its message says which
     */
    void connect() throws InterruptedException {
        sourcePartitions = partitions(source, mutations);
        targetPartitions = partitions(target, commands);
        consumer.subscribe(Set.of(mutations), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                commit();
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                LOG.info("{} to {}: partitions {}", source.region(), target.region(), partitions);
                joined = true;
                reading = false;
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                LOG.warn("{} to {}: partitions {} were taken over", source.region(), target.region(), partitions);
            }
        });
    }

    private static int partitions(RegionKafka kafka, String topic) throws InterruptedException {
        int timeoutMillis = (int) REQUEST_TIMEOUT.toMillis();
        try (Admin admin = Admin.create(new HashMap<>(kafka.connection()))) {
            return admin.describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(timeoutMillis))
                    .topicNameValues()
                    .get(topic)
                    .get()
                    .partitions()
                    .size();
        } catch (ExecutionException failed) {
            throw new KafkaException(
                    "waiting for the topic " + topic + " at "
                            + kafka.connection().get("bootstrap.servers") + ": "
                            + failed.getCause().getMessage(),
                    failed.getCause());
        }
    }

    /**
     * Forwards what there is; waits a moment when there is nothing.
     *
     * @throws LostRecordsException when records were removed that nobody has read
     * @throws KafkaException when what was sent is perhaps not there
     */
    void doWork() {
        for (ConsumerRecord<byte[], byte[]> record : poll()) {
            forward(record);
        }
        requireSent();
        long now = System.nanoTime();
        if (dirty && now - committedNanos >= COMMIT_NANOS) {
            commit();
        }
        if (now - measuredNanos >= MEASURE_NANOS) {
            measure();
        }
    }

    /** Since when the source has not answered; empty while it does. */
    Optional<Instant> unreachableSince() {
        return Optional.ofNullable(unreachableSince);
    }

    /** Whether what comes is forwarded, by this instance or by another one that has all partitions. */
    boolean isReading() {
        return reading;
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(POLL);
        } catch (NoOffsetForPartitionException firstTime) {
            consumer.seekToBeginning(firstTime.partitions());
        } catch (OffsetOutOfRangeException gone) {
            goneOrBegunAnew(gone.offsetOutOfRangePartitions());
        }
        return ConsumerRecords.empty();
    }

    private void goneOrBegunAnew(Map<TopicPartition, Long> wanted) {
        requireThere(wanted);
        LOG.warn("{} begins anew: everything in it is forwarded again", wanted.keySet());
        consumer.seekToBeginning(wanted.keySet());
    }

    private void requireThere(Map<TopicPartition, Long> wanted) {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(wanted.keySet(), REQUEST_TIMEOUT);
        wanted.forEach((partition, offset) -> {
            if (offset < beginnings.get(partition)) {
                throw new LostRecordsException("the records " + offset + " to " + (beginnings.get(partition) - 1)
                        + " of "
                        + partition + " were removed before " + target.region() + " had read them, so its replicas lack"
                        + " changes: delete the replicas in " + target.region() + ", reset the group "
                        + group(source.region(), target.region()) + " on the Kafka of " + source.region()
                        + " to the earliest offset, and create the replicas again");
            }
        });
    }

    private void forward(ConsumerRecord<byte[], byte[]> record) {
        dirty = true;
        ChangeRecord change;
        try {
            change = decode(record);
        } catch (SerializationException poison) {
            putAside(record, poison);
            return;
        }
        String id = "replication-" + source.region() + "-" + record.partition() + "-" + record.offset();
        if (change.change() instanceof CatalogChange) {
            Optional<Command> told = Forwarding.ofTable(change, id, record.partition(), sourcePartitions);
            if (told.isEmpty()) {
                figures.skipped.increment();
            }
            told.ifPresent(command -> {
                byte[] value = encoder.serialize(commands, command);
                for (int partition = 0; partition < targetPartitions; partition++) {
                    send(partition, record.key(), value, null);
                }
            });
            return;
        }
        Optional<Command> command = Forwarding.ofItem(change, id);
        if (command.isEmpty()) {
            figures.skipped.increment();
            return;
        }
        int hash = PartitionHash.ofEncoded(ByteBuffer.wrap(record.key(), ID_BYTES, record.key().length - ID_BYTES));
        send(
                PartitionHash.partition(hash, targetPartitions),
                record.key(),
                encoder.serialize(commands, command.get()),
                change.commitTime());
    }

    private ChangeRecord decode(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null || record.key() == null || record.key().length < ID_BYTES) {
            throw new SerializationException("a mutation without a key or a value");
        }
        ChangeRecord change = changes.deserialize(mutations, record.value());
        boolean ofTable = record.key().length == ID_BYTES;
        if (ofTable != change.change() instanceof CatalogChange) {
            throw new SerializationException(
                    "the change of " + (ofTable ? "an item" : "a table") + " under a wrong key");
        }
        return change;
    }

    /**
     * Sent with the time of arrival and not of the commit: the topic's retention goes by it, and what waited for long is to be
     * read all the same.
     *
     * @param committed null when it is not the change of an item
     */
    private void send(int partition, byte[] key, byte[] value, Instant committed) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(commands, partition, key, value);
        record.headers().add(RecordHeaders.ORIGIN, RecordHeaders.ofText(Forwarding.ORIGIN));
        producer.send(record, (metadata, failure) -> {
            if (failure != null) {
                sendFailure.compareAndSet(null, failure);
            } else if (committed == null) {
                figures.arrived();
            } else {
                figures.arrived(committed, clock.instant());
            }
        });
    }

    private void putAside(ConsumerRecord<byte[], byte[]> record, SerializationException error) {
        LOG.warn("the record at offset {} of {}-{} is dead", record.offset(), mutations, record.partition(), error);
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(Topics.deadLetters(target.region()), record.key(), record.value());
        Headers headers = letter.headers();
        for (Header header : record.headers()) {
            headers.add(header);
        }
        headers.add(RecordHeaders.SOURCE_TOPIC, RecordHeaders.ofText(mutations));
        headers.add(RecordHeaders.SOURCE_PARTITION, RecordHeaders.ofInt(record.partition()));
        headers.add(RecordHeaders.SOURCE_OFFSET, RecordHeaders.ofLong(record.offset()));
        headers.add(RecordHeaders.FAILED_IN, RecordHeaders.ofText(group(source.region(), target.region())));
        headers.add(
                RecordHeaders.ERROR_CLASS, RecordHeaders.ofText(error.getClass().getName()));
        headers.add(RecordHeaders.ERROR_MESSAGE, RecordHeaders.ofText(String.valueOf(error.getMessage())));
        figures.deadLetters.increment();
        producer.send(letter, (metadata, failure) -> {
            if (failure != null) {
                sendFailure.compareAndSet(null, failure);
            }
        });
    }

    /** What was read so far is in the target's Kafka, and need not be read again. */
    private void commit() {
        if (!dirty) {
            return;
        }
        producer.flush();
        requireSent();
        consumer.commitSync(REQUEST_TIMEOUT);
        dirty = false;
        committedNanos = System.nanoTime();
    }

    private void requireSent() {
        Exception failure = sendFailure.get();
        if (failure != null) {
            throw new KafkaException("the Kafka of " + target.region() + " has not taken a command", failure);
        }
    }

    private void measure() {
        measuredNanos = System.nanoTime();
        List<TopicPartition> all = IntStream.range(0, sourcePartitions)
                .mapToObj(partition -> new TopicPartition(mutations, partition))
                .toList();
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(all, REQUEST_TIMEOUT);
            unreachableSince = null;
            if (!joined) {
                return;
            }
            long pending = 0;
            Map<TopicPartition, Long> positions = new HashMap<>();
            for (TopicPartition partition : consumer.assignment()) {
                long position = consumer.position(partition, REQUEST_TIMEOUT);
                positions.put(partition, position);
                pending += Math.max(0, ends.get(partition) - position);
            }
            if (!reading) {
                requireThere(positions);
                reading = true;
            }
            figures.pending(pending);
        } catch (NoOffsetForPartitionException notYet) {
            LOG.debug("the position is found with the next poll", notYet);
        } catch (TimeoutException away) {
            if (unreachableSince == null) {
                unreachableSince = clock.instant();
                LOG.warn("the Kafka of {} does not answer", source.region(), away);
            }
        }
    }

    /** Ends a wait for Kafka. */
    void wakeUp() {
        consumer.wakeup();
    }

    /** Commits what was forwarded, if that is possible, and leaves the group. */
    void finish() {
        try {
            commit();
        } catch (KafkaException later) {
            LOG.debug("what was forwarded last will be forwarded again", later);
        }
        atTheEnd = CloseOptions.GroupMembershipOperation.LEAVE_GROUP;
    }

    @Override
    public void close() {
        dirty = false; // leaving the group commits nothing more
        producer.close(CLOSE_TIMEOUT);
        consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT).withGroupMembershipOperation(atTheEnd));
    }
}
