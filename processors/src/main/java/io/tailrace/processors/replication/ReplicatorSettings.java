package io.tailrace.processors.replication;

import io.tailrace.processors.runtime.StreamsSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The settings of a replicator's Kafka clients, also for who compares it with such clients alone. */
public final class ReplicatorSettings {
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    private static final int MAX_POLL_RECORDS = 2_000;
    private static final int SESSION_TIMEOUT_MILLIS = 60_000;
    private static final int MAX_POLL_INTERVAL_MILLIS = 15 * 60_000;
    private static final int DELIVERY_TIMEOUT_MILLIS = 60_000;
    private static final int MAX_BLOCK_MILLIS = 20_000;

    private ReplicatorSettings() {}

    /**
     * Properties for a {@code KafkaConsumer} of the source; what the connection says wins.
     *
     * @param group of the consumers that share the partitions
     * @param instanceId the identity in the group; empty for a new one
     */
    public static Map<String, Object> consumer(RegionKafka source, String group, Optional<String> instanceId) {
        Map<String, Object> settings = new HashMap<>();
        instanceId.ifPresent(id -> settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, id));
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Records that are gone must not be left out silently.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, MAX_POLL_INTERVAL_MILLIS);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
        settings.putAll(source.connection());
        return settings;
    }

    /** Properties for a {@code KafkaProducer} to the target; what the connection says wins. */
    public static Map<String, Object> producer(RegionKafka target) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, StreamsSettings.MAX_RECORD_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS);
        settings.putAll(target.connection());
        return settings;
    }
}
