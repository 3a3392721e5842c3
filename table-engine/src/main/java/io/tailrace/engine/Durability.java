package io.tailrace.engine;

/** What a write has survived when it is acknowledged. */
public enum Durability {
    /** It is in the operating system's page cache: survives the end of the process, however abrupt, not of the machine. */
    PROCESS,
    /** It is on the disk: one fsync for each batch of writes. */
    DISK,
    /** It is on the disk, and the replication barrier has let it pass: Kafka has it on all in-sync replicas. */
    REPLICATED
}
