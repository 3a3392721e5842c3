package io.tailrace.server.settings;

import io.tailrace.capture.CaptureConfig;
import io.tailrace.capture.CaptureConfig.DataLossPolicy;
import io.tailrace.capture.TopicSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Kafka as this server uses it.
 *
 * @param embeddedPort of the embedded broker, 0 for any; without meaning when {@code bootstrapServers} is given
 * @param embeddedDataDir of the embedded broker
 * @param bootstrapServers of an external cluster; empty for the embedded broker
 * @param checkpointFile where capture notes how far it is
 * @param streamReaders consumers that serve the streams API
 * @param clientProperties for all Kafka clients
 */
public record KafkaSettings(
        boolean enabled,
        int embeddedPort,
        Path embeddedDataDir,
        Optional<String> bootstrapServers,
        Optional<String> schemaRegistryUrl,
        TopicSettings topics,
        Path checkpointFile,
        DataLossPolicy dataLoss,
        int streamReaders,
        Map<String, String> clientProperties) {
    static final String CHECKPOINT = "capture.checkpoint";

    public KafkaSettings {
        Objects.requireNonNull(embeddedDataDir);
        Objects.requireNonNull(bootstrapServers);
        Objects.requireNonNull(schemaRegistryUrl);
        Objects.requireNonNull(topics);
        Objects.requireNonNull(checkpointFile);
        Objects.requireNonNull(dataLoss);
        clientProperties = Map.copyOf(clientProperties);
    }

    /** The same Kafka, for a region with a directory of its own. */
    KafkaSettings in(Path directory) {
        return new KafkaSettings(
                enabled,
                embeddedPort,
                embeddedDataDir,
                bootstrapServers,
                schemaRegistryUrl,
                topics,
                directory.resolve(CHECKPOINT),
                dataLoss,
                streamReaders,
                clientProperties);
    }

    /** What capture and the readers of topics are configured with. */
    public CaptureConfig captureConfig(String servers, String region) {
        return CaptureConfig.of(servers, region, checkpointFile)
                .withTopics(topics)
                .withRegistryUrl(schemaRegistryUrl.orElse(null))
                .withDataLoss(dataLoss)
                .withClientProperties(clientProperties);
    }

    /** Whether the broker runs in this process. */
    public boolean embedded() {
        return bootstrapServers.isEmpty();
    }
}
