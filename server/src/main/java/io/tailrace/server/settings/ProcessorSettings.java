package io.tailrace.server.settings;

import java.nio.file.Path;
import java.util.Objects;

/**
 * The Kafka Streams processors inside this server.
 *
 * @param stateDir where their stores are; they can be built anew from Kafka
 */
public record ProcessorSettings(boolean enabled, int threads, Path stateDir) {
    public ProcessorSettings {
        Objects.requireNonNull(stateDir);
    }
}
