package io.tailrace.engine;

/** What {@link Durability#REPLICATED} waits for before a write is acknowledged. */
@FunctionalInterface
public interface ReplicationBarrier {
    /** Returns once the journal up to and with this sequence number is replicated; waits as long as it takes. */
    void await(long sequence) throws InterruptedException;
}
