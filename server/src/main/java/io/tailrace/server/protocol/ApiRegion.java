package io.tailrace.server.protocol;

import io.tailrace.capture.streams.StreamsApi;
import io.tailrace.engine.TableEngine;
import java.util.Objects;

/** A region as its requests see it: its tables, their streams, and where its tables can have replicas. */
public record ApiRegion(TableEngine engine, StreamsApi streams, ReplicaRegions replicas) {
    public ApiRegion {
        Objects.requireNonNull(engine);
        Objects.requireNonNull(streams);
        Objects.requireNonNull(replicas);
    }
}
