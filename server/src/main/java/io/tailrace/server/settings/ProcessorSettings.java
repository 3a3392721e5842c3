package io.tailrace.server.settings;

import io.tailrace.processors.ttl.TtlConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * The Kafka Streams processors inside this server.
 *
 * @param stateDir where their stores are; they can be built anew from Kafka
 * @param indexWaitLimit how long a read waits for the indexes when it asks to
 */
public record ProcessorSettings(boolean enabled, int threads, Path stateDir, Duration indexWaitLimit, TtlConfig ttl) {
    public ProcessorSettings {
        Objects.requireNonNull(stateDir);
        Objects.requireNonNull(indexWaitLimit);
        Objects.requireNonNull(ttl);
    }
}
