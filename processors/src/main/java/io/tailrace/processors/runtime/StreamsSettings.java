package io.tailrace.processors.runtime;

import io.tailrace.processors.ProcessorConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The Kafka Streams settings that all processors share. */
public final class StreamsSettings {
    /** Two images of 400 KB, in an encoding that can be twice as long, with room to spare. */
    public static final int MAX_RECORD_BYTES = 8 << 20;

    /** A machine that is busy with everything else must not make members of the group seem dead. */
    private static final int SESSION_TIMEOUT_MILLIS = 60_000;

    private static final int HEARTBEAT_INTERVAL_MILLIS = 5_000;
    private static final int MAX_POLL_INTERVAL_MILLIS = 15 * 60_000;
    private static final int TASK_TIMEOUT_MILLIS = 15 * 60_000;

    /** A new changelog segment is soon a closed one, which can be compacted: restoring stays short. */
    private static final int CHANGELOG_SEGMENT_BYTES = 32 << 20;

    /** See {@link #waitLonger}. */
    private static final int LONG_POLL_MILLIS = 250;

    private StreamsSettings() {}

    /** The name of an application's repartition topic, as Kafka Streams makes it. */
    public static String repartitionTopic(String applicationId, String name) {
        return applicationId + "-" + name + "-repartition";
    }

    /** What needs no running client: enough to build and to describe a topology. */
    public static Map<String, Object> base(ProcessorConfig config, String processor) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId(processor));
        settings.put(StreamsConfig.CLIENT_ID_CONFIG, config.applicationId(processor));
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.numStreamThreads());
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        settings.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, TASK_TIMEOUT_MILLIS);
        settings.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), MAX_RECORD_BYTES);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_RECORD_BYTES);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_TIMEOUT_MILLIS);
        settings.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), HEARTBEAT_INTERVAL_MILLIS);
        settings.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG), MAX_POLL_INTERVAL_MILLIS);
        settings.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterDeserializationHandler.class);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterProcessingHandler.class);
        settings.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, RetryOrFailProductionHandler.class);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbSettings.class);
        return settings;
    }

    /**
     * Lets a stream thread wait longer for records, which end its wait as soon as they come: while there are none it looks
     * four times a second, instead of ten times, whether a commit or a punctuation is due.
     */
    public static void waitLonger(Map<String, Object> settings) {
        settings.put(StreamsConfig.POLL_MS_CONFIG, LONG_POLL_MILLIS);
    }

    /** The topic configuration of a store's changelog. */
    public static Map<String, String> changelog() {
        return Map.of(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(CHANGELOG_SEGMENT_BYTES));
    }

    /** Adds the objects that the classes made by Kafka Streams look for, and the operator's own settings last. */
    public static Map<String, Object> complete(
            Map<String, Object> settings, ProcessorConfig config, DeadLetters deadLetters, RocksDbMemory memory) {
        Map<String, Object> complete = new HashMap<>(settings);
        complete.putAll(config.extraProperties());
        complete.put(DeadLetters.SETTING, deadLetters);
        complete.put(RocksDbMemory.SETTING, memory);
        return complete;
    }
}
