package io.tailrace.server.protocol;

import io.tailrace.capture.streams.StreamsApi;
import io.tailrace.engine.TableEngine;
import java.util.Objects;

/** A region as its requests see it: its tables and their streams. */
public record ApiRegion(TableEngine engine, StreamsApi streams) {
    public ApiRegion {
        Objects.requireNonNull(engine);
        Objects.requireNonNull(streams);
    }
}
