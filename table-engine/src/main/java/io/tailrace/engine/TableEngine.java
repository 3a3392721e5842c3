package io.tailrace.engine;

import io.tailrace.engine.catalog.Catalog;
import io.tailrace.engine.journal.CommandPosition;
import io.tailrace.engine.journal.Journal;
import io.tailrace.engine.read.GlobalIndexReader;
import io.tailrace.engine.read.ReadOperation;
import io.tailrace.engine.writer.WriteOperation;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** The table engine of one region. Safe for use by several threads. */
public final class TableEngine implements AutoCloseable {
    private TableEngine() {}

    /**
     * Opens the data directory, creating it when needed, and recovers the state from the journal.
     *
     * @throws io.tailrace.engine.journal.JournalCorruptException when an entry cannot be trusted; nothing is changed then
     */
    public static TableEngine open(EngineConfig config, EngineDependencies dependencies) {
        throw new UnsupportedOperationException(config.region() + dependencies);
    }

    /**
     * Hands a write to the writer. The future completes on the writer's thread once the write is as durable as the setting
     * says and visible to reads, or with the {@code DynamoException} of its refusal; do little in what depends on it, or use
     * the {@code Async} methods.
     *
     * @throws io.tailrace.engine.error.DynamoException retryable, when the queue is full
     */
    public <R> CompletableFuture<R> write(WriteOperation<R> operation) {
        throw new UnsupportedOperationException(operation.toString());
    }

    /**
     * A write that came from the commands topic. Its position is journaled with what it does, even when it is refused or
     * changes nothing, so that {@link #appliedCommandOffset} tells after any crash where to go on. The offsets of a partition
     * must increase.
     */
    public <R> CompletableFuture<R> write(WriteOperation<R> operation, CommandPosition position) {
        throw new UnsupportedOperationException(operation.toString() + position);
    }

    /** Reads on the caller's thread. */
    public <R> R read(ReadOperation<R> operation) {
        throw new UnsupportedOperationException(operation.toString());
    }

    /** The tables as of now. */
    public Catalog catalog() {
        throw new UnsupportedOperationException();
    }

    public Journal journal() {
        throw new UnsupportedOperationException();
    }

    public String region() {
        throw new UnsupportedOperationException();
    }

    /** The number of the last commit that reads see; 0 when there is none. */
    public long appliedSequence() {
        throw new UnsupportedOperationException();
    }

    /** The offset of the last command of this partition that was carried out or refused; -1 when there is none. */
    public long appliedCommandOffset(int topicPartition) {
        throw new UnsupportedOperationException(Integer.toString(topicPartition));
    }

    public EngineHealth health() {
        throw new UnsupportedOperationException();
    }

    /** What writes wait for under {@link Durability#REPLICATED}; until it is set, they wait. */
    public void setReplicationBarrier(ReplicationBarrier barrier) {
        throw new UnsupportedOperationException(barrier.toString());
    }

    /** Where global secondary indexes are read; until it is set, reading one is a retryable error. */
    public void setGlobalIndexReader(GlobalIndexReader reader) {
        throw new UnsupportedOperationException(reader.toString());
    }

    /**
     * Allows the removal of journal files whose entries are all captured, besides applied and past their retention. Until this
     * is called no file is removed.
     */
    public void allowJournalRemoval(LongSupplier capturedSequence) {
        throw new UnsupportedOperationException(capturedSequence.toString());
    }

    /** Lets the writes that were accepted finish, flushes the state and closes everything. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
