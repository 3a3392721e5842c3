package io.tailrace.server.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Kafka as this server uses it.
 *
 * @param embeddedPort of the embedded broker, 0 for any; without meaning when {@code bootstrapServers} is given
 * @param embeddedDataDir of the embedded broker
 * @param bootstrapServers of an external cluster; empty for the embedded broker
 */
public record KafkaSettings(
        boolean enabled,
        int embeddedPort,
        Path embeddedDataDir,
        Optional<String> bootstrapServers,
        Optional<String> schemaRegistryUrl,
        int mutationsPartitions,
        int streamPartitions,
        Duration streamRetention) {
    public KafkaSettings {
        Objects.requireNonNull(embeddedDataDir);
        Objects.requireNonNull(bootstrapServers);
        Objects.requireNonNull(schemaRegistryUrl);
        Objects.requireNonNull(streamRetention);
    }
}
