package io.tailrace.capture.streams;

import io.tailrace.schemas.stream.StreamOptions;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Settings of the streams API.
 *
 * @param options of streams whose tables' tags say nothing else
 * @param keyFile where the key of iterators is kept; made when missing
 */
public record StreamsConfig(StreamOptions options, Path keyFile) {
    public StreamsConfig {
        Objects.requireNonNull(options);
        Objects.requireNonNull(keyFile);
    }
}
