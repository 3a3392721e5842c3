package io.tailrace.processors;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How a processor reaches Kafka and where it keeps its state.
 *
 * @param bootstrapServers Kafka's addresses
 * @param region whose topics it works on; a part of the application id
 * @param stateDir where Kafka Streams keeps its stores, a folder per application id
 * @param partitions of the internal topics; must not change once they exist
 * @param registryUrl of a schema registry; null when there is none
 * @param numStreamThreads of each processor
 * @param extraProperties Kafka Streams settings by name that win over the processor's own
 */
public record ProcessorConfig(
        String bootstrapServers,
        String region,
        Path stateDir,
        int partitions,
        String registryUrl,
        int numStreamThreads,
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
        extraProperties = Map.copyOf(new TreeMap<>(extraProperties));
    }

    /** The Kafka Streams application id, which also names the consumer group and the internal topics. */
    public String applicationId(String processor) {
        return "tailrace-" + region + "-" + processor;
    }
}
