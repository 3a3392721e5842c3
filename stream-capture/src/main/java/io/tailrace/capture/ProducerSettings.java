package io.tailrace.capture;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** How capture's producer sends. */
public final class ProducerSettings {
    private ProducerSettings() {}

    /** Properties for a {@code KafkaProducer}; what {@code config} says for all clients wins. */
    public static Map<String, Object> of(CaptureConfig config) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        // One request at a time to a broker: when a batch fails for good, nothing behind it is on its way already.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // Never give up on a batch by itself: it would be a gap.
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        properties.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        properties.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 1_000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 30_000);
        // Kafka's own. With less, a request for each few records is what a write costs most in Kafka, here and at its
        // consumers.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // The limit of the broker counts after compression, this one before; numbers can take 64 times their size as
        // text.
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 96 * 1024 * 1024);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 128L * 1024 * 1024);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        properties.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, (int)
                Duration.ofDays(7).toMillis());
        properties.putAll(config.connection());
        return properties;
    }
}
