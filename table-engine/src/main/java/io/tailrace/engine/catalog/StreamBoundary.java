package io.tailrace.engine.catalog;

import io.tailrace.schemas.topic.SequenceNumbers;
import java.time.Instant;
import java.util.Objects;

/**
 * Where a stream begins or ends, or one generation of its shards follows another: the place of the catalog change that made
 * it so. No stream record has this place, so it belongs to neither side.
 *
 * @param time of the commit
 */
public record StreamBoundary(SequenceNumbers.Position position, Instant time) {
    public StreamBoundary {
        Objects.requireNonNull(position);
        Objects.requireNonNull(time);
    }
}
