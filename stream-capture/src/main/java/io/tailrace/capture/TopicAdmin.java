package io.tailrace.capture;

import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.stream.StreamOptions;
import io.tailrace.schemas.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates a region's topics and checks those that exist. All methods may be called again and again. */
public final class TopicAdmin implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicAdmin.class);
    private static final int SEGMENT_BYTES = 64 * 1024 * 1024;

    private final Admin admin;
    private final String region;
    private final TopicSettings settings;

    /** @param properties of the admin client, {@code bootstrap.servers} among them */
    public TopicAdmin(Map<String, String> properties, String region, TopicSettings settings) {
        Map<String, Object> effective = new HashMap<>();
        effective.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) KafkaCalls.TIMEOUT.toMillis());
        effective.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) KafkaCalls.TIMEOUT.toMillis());
        effective.putAll(properties);
        this.region = Objects.requireNonNull(region);
        this.settings = Objects.requireNonNull(settings);
        this.admin = Admin.create(effective);
    }

    /**
     * The topics of the region as a whole: mutations, commands, dead letters.
     *
     * @throws CaptureException when one exists with another number of partitions
     * @throws org.apache.kafka.common.KafkaException when Kafka is away or refuses
     */
    public void ensureRegionTopics() {
        // By arrival, not by commit: after an outage of any length processors still have all of the retention to read
        // them.
        ensure(
                topic(Topics.mutations(region), settings.partitions(), settings.mutationsRetention(), "LogAppendTime"),
                "mutations.partitions");
        ensure(
                topic(Topics.commands(region), settings.partitions(), settings.mutationsRetention(), "LogAppendTime"),
                "mutations.partitions");
        ensure(
                topic(
                        Topics.deadLetters(region),
                        settings.partitions(),
                        settings.mutationsRetention(),
                        "LogAppendTime"),
                "mutations.partitions");
    }

    /**
     * Replaces the topic of commands by an empty one.
     *
     * @throws org.apache.kafka.common.KafkaException when Kafka is away or refuses
     */
    public void recreateCommands() {
        String topic = Topics.commands(region);
        try {
            KafkaCalls.await(admin.deleteTopics(List.of(topic)).all(), "delete " + topic);
        } catch (UnknownTopicOrPartitionException gone) {
            LOG.debug("someone else has just deleted {}", topic);
        }
        long end = System.nanoTime() + KafkaCalls.TIMEOUT.toNanos();
        while (describe(topic).isPresent()) {
            if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
                throw new TimeoutException("the topic " + topic + " was deleted and is still there");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        ensureRegionTopics();
    }

    /**
     * The topic of the table's stream, as {@link #ensureStreamTopic(String, StreamOptions)}. Where the stream did not note how
     * many partitions it uses, the topic must have as many as the settings say.
     */
    TopicDescription ensureStreamTopic(TableDefinition table) {
        StreamOptions options = settings.streamOptions(table);
        if (table.details().streamPartitions() == 0) {
            describe(Topics.stream(region, table.name()))
                    .ifPresent(topic -> requirePartitions(topic, options.partitions(), "stream.partitions"));
        }
        return ensureStreamTopic(table.name(), options);
    }

    /**
     * A table's stream topic, whose records carry the time of their commit. One that exists gets what it lacks of the
     * partitions and of the retention, and keeps what it has more.
     *
     * @throws org.apache.kafka.common.KafkaException when Kafka is away or refuses
     */
    public TopicDescription ensureStreamTopic(String table, StreamOptions options) {
        NewTopic wanted = topic(Topics.stream(region, table), options.partitions(), options.retention(), "CreateTime");
        Optional<TopicDescription> existing = describe(wanted.name());
        if (existing.isEmpty()) {
            return create(wanted);
        }
        long had = retentionMillis(wanted.name());
        if (had >= 0 && had < options.retention().toMillis()) {
            setRetention(wanted.name(), options.retention());
        }
        return existing.get().partitions().size() < options.partitions()
                ? grow(wanted.name(), options.partitions())
                : existing.get();
    }

    /** Gives the table's stream topic exactly the retention that its stream has. */
    void setStreamRetention(TableDefinition table) {
        String topic = Topics.stream(region, table.name());
        Duration retention = settings.streamOptions(table).retention();
        if (retentionMillis(topic) != retention.toMillis()) {
            setRetention(topic, retention);
        }
    }

    /** Negative for ever. */
    private long retentionMillis(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return Long.parseLong(KafkaCalls.await(
                        admin.describeConfigs(List.of(resource)).values().get(resource), "describe " + topic)
                .get(TopicConfig.RETENTION_MS_CONFIG)
                .value());
    }

    private void setRetention(String topic, Duration retention) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp change = new AlterConfigOp(
                new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis())),
                AlterConfigOp.OpType.SET);
        KafkaCalls.await(
                admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all(),
                "set the retention of " + topic);
        LOG.info("{} keeps its records for {}", topic, retention);
    }

    private TopicDescription grow(String topic, int partitions) {
        try {
            KafkaCalls.await(
                    admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                            .all(),
                    "give " + topic + " " + partitions + " partitions");
        } catch (InvalidPartitionsException raced) {
            LOG.debug("someone else has just given partitions to {}", topic);
        }
        return awaitTopic(topic, partitions);
    }

    /** What Kafka says of the topic; empty when there is none. */
    public Optional<TopicDescription> describe(String topic) {
        try {
            return Optional.of(KafkaCalls.await(
                    admin.describeTopics(List.of(topic)).topicNameValues().get(topic), "describe " + topic));
        } catch (UnknownTopicOrPartitionException none) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private void ensure(NewTopic topic, String setting) {
        requirePartitions(describe(topic.name()).orElseGet(() -> create(topic)), topic.numPartitions(), setting);
    }

    private static void requirePartitions(TopicDescription topic, int wanted, String setting) {
        int partitions = topic.partitions().size();
        if (partitions != wanted) {
            throw new CaptureException(
                    "the topic " + topic.name() + " has " + partitions + " partitions where " + setting
                            + " is " + wanted + ": set " + setting + " to " + partitions
                            + ", or use other topics; the number cannot change while the topic has records");
        }
    }

    private TopicDescription create(NewTopic topic) {
        try {
            KafkaCalls.await(admin.createTopics(List.of(topic)).values().get(topic.name()), "create " + topic.name());
        } catch (TopicExistsException raced) {
            LOG.debug("someone else has just created {}", topic.name());
        }
        return awaitTopic(topic.name(), 1);
    }

    /** What was created is known everywhere a moment later. */
    private TopicDescription awaitTopic(String name, int partitions) {
        long end = System.nanoTime() + KafkaCalls.TIMEOUT.toNanos();
        for (Optional<TopicDescription> found = describe(name); ; found = describe(name)) {
            if (found.isPresent() && found.get().partitions().size() >= partitions) {
                return found.get();
            }
            if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
                throw new TimeoutException("the topic " + name + " was created and is not there yet");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    /** The offsets at one end of partitions. */
    Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec end) {
        Map<TopicPartition, OffsetSpec> request = new HashMap<>();
        partitions.forEach(partition -> request.put(partition, end));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        KafkaCalls.await(admin.listOffsets(request).all(), "read the offsets of " + partitions)
                .forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    private NewTopic topic(String name, int partitions, Duration retention, String timestampType) {
        return new NewTopic(name, partitions, settings.replicationFactor())
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(retention.toMillis()),
                        TopicConfig.SEGMENT_BYTES_CONFIG,
                        Integer.toString(SEGMENT_BYTES),
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(EmbeddedBroker.MESSAGE_MAX_BYTES),
                        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                        timestampType,
                        // Commit times come from another clock than the broker's: never a reason to refuse a record.
                        TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
                        Long.toString(Long.MAX_VALUE)));
    }
}
