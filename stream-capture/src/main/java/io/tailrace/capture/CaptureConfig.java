package io.tailrace.capture;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Settings of capture.
 *
 * @param checkpointFile where capture notes how far it is
 * @param registryUrl of a schema registry; null for Avro's single-object encoding
 * @param dataLoss what to do when Kafka lost records that it had acknowledged and the journal no longer has them
 * @param flow how much may be on its way
 * @param clientProperties for all Kafka clients, for example those of security; they replace the ones chosen here
 */
public record CaptureConfig(
        String bootstrapServers,
        String region,
        Path checkpointFile,
        TopicSettings topics,
        String registryUrl,
        DataLossPolicy dataLoss,
        Flow flow,
        Map<String, String> clientProperties) {
    /** What to do about a gap in Kafka that cannot be filled. */
    public enum DataLossPolicy {
        /** Report it and send nothing more: someone has to decide. */
        STOP,
        /** Report it and go on behind the gap. */
        CONTINUE
    }

    /**
     * Bounds and intervals of sending.
     *
     * @param maxInFlightRecords sent and not acknowledged
     * @param maxInFlightBytes likewise; a single record may be larger
     * @param checkpointInterval how often progress is noted
     * @param stalledAfter without an acknowledgement for this long, Kafka counts as away
     * @param settleTime how long the ends of the topics must stand still before they are trusted when an earlier producer
     *     may have had requests on their way
     */
    public record Flow(
            int maxInFlightRecords,
            long maxInFlightBytes,
            Duration checkpointInterval,
            Duration stalledAfter,
            Duration settleTime) {
        public static final Flow DEFAULT =
                new Flow(20_000, 16L << 20, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMillis(500));

        public Flow {
            if (maxInFlightRecords < 1 || maxInFlightBytes < 1) {
                throw new IllegalArgumentException(
                        "in flight: " + maxInFlightRecords + " records, " + maxInFlightBytes + " bytes");
            }
            Objects.requireNonNull(checkpointInterval);
            Objects.requireNonNull(stalledAfter);
            Objects.requireNonNull(settleTime);
        }
    }

    public CaptureConfig {
        Objects.requireNonNull(bootstrapServers);
        Objects.requireNonNull(region);
        Objects.requireNonNull(checkpointFile);
        Objects.requireNonNull(topics);
        Objects.requireNonNull(dataLoss);
        Objects.requireNonNull(flow);
        clientProperties = Map.copyOf(clientProperties);
    }

    /** Everything but the places at its default. */
    public static CaptureConfig of(String bootstrapServers, String region, Path checkpointFile) {
        return new CaptureConfig(
                bootstrapServers,
                region,
                checkpointFile,
                TopicSettings.DEFAULT,
                null,
                DataLossPolicy.STOP,
                Flow.DEFAULT,
                Map.of());
    }

    public CaptureConfig withTopics(TopicSettings settings) {
        return new CaptureConfig(
                bootstrapServers, region, checkpointFile, settings, registryUrl, dataLoss, flow, clientProperties);
    }

    public CaptureConfig withRegistryUrl(String url) {
        return new CaptureConfig(
                bootstrapServers, region, checkpointFile, topics, url, dataLoss, flow, clientProperties);
    }

    public CaptureConfig withDataLoss(DataLossPolicy policy) {
        return new CaptureConfig(
                bootstrapServers, region, checkpointFile, topics, registryUrl, policy, flow, clientProperties);
    }

    public CaptureConfig withFlow(Flow newFlow) {
        return new CaptureConfig(
                bootstrapServers, region, checkpointFile, topics, registryUrl, dataLoss, newFlow, clientProperties);
    }

    public CaptureConfig withClientProperties(Map<String, String> properties) {
        return new CaptureConfig(
                bootstrapServers, region, checkpointFile, topics, registryUrl, dataLoss, flow, properties);
    }

    /** The properties that every client gets. */
    public Map<String, String> connection() {
        Map<String, String> connection = new HashMap<>();
        connection.put("bootstrap.servers", bootstrapServers);
        connection.put("client.id", "tailrace-capture-" + region);
        connection.put("reconnect.backoff.max.ms", "1000");
        connection.put("enable.metrics.push", "false");
        connection.putAll(clientProperties);
        return connection;
    }
}
