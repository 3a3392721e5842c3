package io.tailrace.capture;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.journal.CommandPosition;
import io.tailrace.engine.operation.CommandOperation;
import io.tailrace.engine.operation.CommandOutcome;
import io.tailrace.engine.operation.HearOfTableOperation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer of commands from one connection to its first failure. The engine's applied offsets are the only positions;
 * nothing is committed to Kafka.
 */
final class CommandSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommandSession.class);
    /** Commands end it as they come, and {@link #wakeUp} does. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long VERIFY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int PARTITION_BITS = 16;

    /**
     * A command that the engine has taken and not answered yet.
     *
     * @param dead whether it was put aside, and only its position goes to the engine
     */
    private record Submitted(
            ConsumerRecord<byte[], byte[]> record, CompletableFuture<CommandOutcome> answer, boolean dead) {
        CaptureMeter meter(CommandOutcome outcome) {
            if (dead) {
                return CaptureMeter.COMMANDS_DEAD;
            }
            return outcome == CommandOutcome.APPLIED ? CaptureMeter.COMMANDS_APPLIED : CaptureMeter.COMMANDS_REFUSED;
        }
    }

    private final String topic;
    private final CommandTarget target;
    private final Deserializer<Command> deserializer;
    private final CaptureMetrics metrics;
    private final BooleanSupplier closing;
    private final TopicAdmin admin;
    private final DeadLetters deadLetters;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deque<Submitted> submitted = new ArrayDeque<>();

    private Uuid topicId;
    private int partitions;
    private long incarnation;
    private long verifiedNanos;

    /** Not connected yet; {@link #connect} follows. */
    CommandSession(
            CaptureConfig config,
            CommandTarget target,
            Deserializer<Command> deserializer,
            CaptureMetrics metrics,
            BooleanSupplier closing) {
        this.topic = Topics.commands(config.region());
        this.target = target;
        this.deserializer = deserializer;
        this.metrics = metrics;
        this.closing = closing;
        this.admin = new TopicAdmin(config.connection(), config.region(), config.topics());
        this.deadLetters = new DeadLetters(config, "commands");
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) POLL.toMillis());
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) KafkaCalls.TIMEOUT.toMillis());
        properties.putAll(config.connection());
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Goes to the first command of each partition that the engine has not seen.
     *
     * @throws CaptureException when Kafka lost commands that the engine has applied
     */
    void connect() {
        admin.ensureRegionTopics();
        TopicDescription description =
                admin.describe(topic).orElseThrow(() -> new KafkaException("the topic " + topic + " was deleted"));
        topicId = description.topicId();
        incarnation = target.incarnation();
        verifiedNanos = System.nanoTime();
        List<TopicPartition> assigned = new ArrayList<>();
        description.partitions().forEach(info -> assigned.add(new TopicPartition(topic, info.partition())));
        partitions = assigned.size();
        consumer.assign(assigned);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(assigned);
        Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
        for (TopicPartition partition : assigned) {
            long next = target.appliedCommandOffset(engineKey(topicId, partition.partition())) + 1;
            if (next > ends.get(partition)) {
                throw new CaptureException(partition + " ends at offset " + ends.get(partition) + " but command "
                        + (next - 1) + " was applied: Kafka lost commands. Delete the topic " + topic
                        + ", so that it begins anew");
            }
            if (next > 0 && next < beginnings.get(partition)) {
                LOG.error("{}: the commands from {} to {} expired unread", partition, next, beginnings.get(partition));
            }
            consumer.seek(partition, Math.max(next, beginnings.get(partition)));
        }
    }

    /**
     * Under which number the engine keeps a partition's offset. It has part of the topic's id in it, because the offsets of
     * a topic that is deleted and created again begin anew.
     */
    static int engineKey(Uuid topicId, int partition) {
        return topicId.hashCode() << PARTITION_BITS & Integer.MAX_VALUE | partition;
    }

    /** Applies what Kafka has; waits a moment when there is nothing. */
    void doWork() throws InterruptedException {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (closing.getAsBoolean()) {
                break;
            }
            apply(record);
        }
        awaitAnswers();
    }

    /**
     * Looks now and then whether the topic is still the same: in one that was deleted and created again a consumer goes on at
     * its offset, and would leave commands out.
     *
     * @throws KafkaException when it is not; when Kafka cannot be asked, nothing is known and nothing thrown
     */
    void verifyTopic() {
        if (System.nanoTime() - verifiedNanos < VERIFY_NANOS) {
            return;
        }
        try {
            if (!admin.describe(topic).map(TopicDescription::topicId).equals(Optional.of(topicId))) {
                throw new KafkaException("the topic " + topic + " was deleted");
            }
        } catch (org.apache.kafka.common.errors.TimeoutException away) {
            LOG.debug("Kafka does not answer", away);
        }
        verifiedNanos = System.nanoTime();
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        WriteOperation<CommandOutcome> operation;
        try {
            Command command = deserializer.deserialize(topic, record.value());
            if (command == null) {
                throw new SerializationException("a command without a value");
            }
            operation = command.action() instanceof Command.TellTable told
                    ? new HearOfTableOperation(told, record.partition(), partitions)
                    : new CommandOperation(command);
        } catch (SerializationException | DynamoException poison) {
            awaitAnswers();
            putAside(record, poison);
            submit(record, context -> new Plan<>(List.of(), CommandOutcome.CONDITION_FAILED), true);
            return;
        }
        submit(record, operation, false);
    }

    /** Hands over in order: nothing of a partition goes in while something before it still has to. */
    private void submit(ConsumerRecord<byte[], byte[]> record, WriteOperation<CommandOutcome> operation, boolean dead)
            throws InterruptedException {
        CommandPosition position = new CommandPosition(engineKey(topicId, record.partition()), record.offset());
        while (true) {
            try {
                submitted.add(new Submitted(record, target.write(operation, position, incarnation), dead));
                return;
            } catch (DynamoException full) {
                if (full.type() != ErrorType.THROTTLING || closing.getAsBoolean()) {
                    throw full;
                }
                awaitAnswers();
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private void awaitAnswers() throws InterruptedException {
        for (Submitted next = submitted.peekFirst(); next != null; next = submitted.peekFirst()) {
            try {
                CommandOutcome outcome = next.answer().get(POLL.toMillis(), TimeUnit.MILLISECONDS);
                metrics.count(next.meter(outcome), 1);
                submitted.removeFirst();
            } catch (TimeoutException unanswered) {
                if (closing.getAsBoolean()) {
                    return; // the engine knows what it has applied
                }
            } catch (ExecutionException refusal) {
                submitted.removeFirst();
                refused(next.record(), refusal.getCause());
            }
        }
    }

    private void refused(ConsumerRecord<byte[], byte[]> record, Throwable refusal) {
        if (refusal instanceof DynamoException known
                && (!known.type().retryable()
                        || target.appliedCommandOffset(engineKey(topicId, record.partition())) >= record.offset())) {
            putAside(record, known);
            metrics.count(CaptureMeter.COMMANDS_DEAD, 1);
            return;
        }
        throw new IllegalStateException(
                "the engine failed on the command at offset " + record.offset() + ": " + refusal.getMessage(), refusal);
    }

    private void putAside(ConsumerRecord<byte[], byte[]> record, Exception error) {
        LOG.warn(
                "the command at offset {} of {}-{} is dead: {}",
                record.offset(),
                topic,
                record.partition(),
                error.toString());
        deadLetters.send(record, error);
    }

    /** Ends a wait for Kafka; from another thread. */
    void wakeUp() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
        deadLetters.close();
        admin.close();
    }
}
