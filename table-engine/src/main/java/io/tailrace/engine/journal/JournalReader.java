package io.tailrace.engine.journal;

/**
 * Reads the journal beside the writer; to be used and closed by one thread. It sees only entries that are as durable as
 * the engine's setting promises (with {@code REPLICATED}: those appended, since replication is what reads them).
 */
public interface JournalReader extends AutoCloseable {
    /**
     * Goes to the entry of this number, which may be the one after the last.
     *
     * @throws JournalTruncatedException when the entry was removed already or was never written
     */
    void seek(long sequence);

    /**
     * The next entry, or null when there is none yet. Starts with the oldest unless {@link #seek} was called.
     *
     * @throws JournalCorruptException when the entry cannot be trusted
     */
    JournalEntry next();

    @Override
    void close();
}
