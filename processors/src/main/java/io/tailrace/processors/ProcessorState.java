package io.tailrace.processors;

/** What a processor is doing. */
public enum ProcessorState {
    /** Not started. */
    CREATED,
    /** Nothing needs it, and nothing ever did: it takes no part until something does. */
    IDLE,
    /** Kafka cannot be reached yet, or a topic that it needs does not exist yet. */
    WAITING,
    /** Partitions are being assigned or stores restored. */
    REBALANCING,
    /** Every partition that it owns is being processed. */
    RUNNING,
    /** It stopped with an error and will start again after a pause. */
    FAILED,
    /** Closed for good. */
    CLOSED
}
