package io.tailrace.capture;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Where and how an {@link EmbeddedBroker} runs.
 *
 * @param dataDir the broker's own directory; created when missing
 * @param port the loopback port on which clients connect; 0 for any free one
 * @param portSetting the name of the setting that the port came from, for the message when the port is taken
 * @param properties broker properties that replace the ones chosen here
 */
public record EmbeddedBrokerConfig(Path dataDir, int port, String portSetting, Map<String, String> properties) {
    public EmbeddedBrokerConfig {
        Objects.requireNonNull(dataDir);
        Objects.requireNonNull(portSetting);
        properties = Map.copyOf(properties);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(portSetting + " is " + port + ": allowed are 0 to 65535");
        }
    }

    public EmbeddedBrokerConfig(Path dataDir, int port) {
        this(dataDir, port, "kafka.port", Map.of());
    }
}
