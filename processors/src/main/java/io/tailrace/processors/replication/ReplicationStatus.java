package io.tailrace.processors.replication;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A replicator at one moment.
 *
 * @param source the region whose changes are forwarded
 * @param target the region that they are forwarded to
 * @param pendingRecords records of the partitions read here that were not forwarded yet, as last measured; empty while unknown
 * @param forwarded commands that the target's Kafka has acknowledged since the replicator was made
 * @param deadLetters records put into the target's dead-letter topic since the replicator was made
 * @param restarts how often it began anew after an error
 * @param detail what it waits for, or its last error; empty when all is well
 */
public record ReplicationStatus(
        String source,
        String target,
        ReplicationState state,
        OptionalLong pendingRecords,
        long forwarded,
        long deadLetters,
        long restarts,
        Optional<String> detail) {
    public ReplicationStatus {
        Objects.requireNonNull(source);
        Objects.requireNonNull(target);
        Objects.requireNonNull(state);
        Objects.requireNonNull(pendingRecords);
        Objects.requireNonNull(detail);
    }
}
