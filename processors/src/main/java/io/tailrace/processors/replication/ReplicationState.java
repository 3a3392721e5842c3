package io.tailrace.processors.replication;

/** What a replicator is doing. */
public enum ReplicationState {
    /** Not started. */
    CREATED,
    /** A topic that it needs does not exist yet, or it has not reached Kafka for the first time. */
    WAITING,
    /** What comes is forwarded. */
    RUNNING,
    /** One of the two sides cannot be reached; it tries again until that is over, and goes on where it was. */
    DEGRADED,
    /** Kafka has removed records that were not read: the target lacks changes, and somebody has to act. */
    FAILED,
    /** Closed for good. */
    CLOSED
}
