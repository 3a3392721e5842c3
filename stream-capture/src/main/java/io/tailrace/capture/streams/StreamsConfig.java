package io.tailrace.capture.streams;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Settings of the streams API.
 *
 * @param partitions of each stream's topic
 * @param retention for how long a stream is listed and readable after its end
 * @param keyFile where the key of iterators is kept; made when missing
 */
public record StreamsConfig(int partitions, Duration retention, Path keyFile) {
    public StreamsConfig {
        Objects.requireNonNull(retention);
        Objects.requireNonNull(keyFile);
        if (partitions < 1) {
            throw new IllegalArgumentException(partitions + " partitions");
        }
    }
}
