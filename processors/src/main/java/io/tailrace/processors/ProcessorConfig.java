package io.tailrace.processors;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * How a processor reaches Kafka and where it keeps its state.
 *
 * @param bootstrapServers Kafka's addresses
 * @param region whose topics it works on; a part of the application id
 * @param stateDir where Kafka Streams keeps its stores, a folder per application id
 * @param partitions of the internal topics; must not change once they exist
 * @param registryUrl of a schema registry; null when there is none
 * @param numStreamThreads of each processor
 * @param standbyReplicas how many further instances, if there are so many, keep a copy of each store, to go on at once when
 *     the instance that has it is gone
 * @param extraProperties Kafka Streams settings by name that win over the processor's own
 */
public record ProcessorConfig(
        String bootstrapServers,
        String region,
        Path stateDir,
        int partitions,
        String registryUrl,
        int numStreamThreads,
        int standbyReplicas,
        Map<String, String> extraProperties) {
    public ProcessorConfig {
        Objects.requireNonNull(bootstrapServers);
        Objects.requireNonNull(region);
        Objects.requireNonNull(stateDir);
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1, not " + partitions);
        }
        if (numStreamThreads < 1) {
            throw new IllegalArgumentException("numStreamThreads must be at least 1, not " + numStreamThreads);
        }
        if (standbyReplicas < 0) {
            throw new IllegalArgumentException("standbyReplicas must be at least 0, not " + standbyReplicas);
        }
        extraProperties = Map.copyOf(new TreeMap<>(extraProperties));
    }

    /** For Kafka's admin client. */
    public Map<String, Object> adminSettings() {
        Map<String, Object> settings = new TreeMap<>(extraProperties);
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return settings;
    }

    /** The Kafka Streams application id, which also names the consumer group and the internal topics. */
    public String applicationId(String processor) {
        return "tailrace-" + region + "-" + processor;
    }
}
