package io.tailrace.engine.writer;

import io.tailrace.engine.journal.JournalEntry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The journal as the writer uses it, with the durability that is set. Used by the writer's thread alone. */
public interface CommitLog {
    /** The number of the last entry; 0 when there never was one. */
    long lastSequence();

    /** The largest entry that can be appended. */
    int maxEntryBytes();

    /** How long the entry would be. */
    long encodedLength(JournalEntry entry);

    /**
     * Appends entries.
     *
     * @throws io.tailrace.engine.journal.JournalFullException when there is no room; nothing was appended then
     */
    void append(List<JournalEntry> entries) throws IOException;

    /** Why nothing can be appended now; empty when there is room. */
    Optional<String> full();

    /** Returns once everything up to with this number is as durable as it must be to be acknowledged. */
    void makeDurable(long sequence) throws IOException, InterruptedException;

    /**
     * After any failure: brings the log and the state to one moment, which has all that was acknowledged and nothing that
     * was neither acknowledged nor seen by readers.
     *
     * @param attempt counts from 0
     * @throws IOException or a runtime exception, when that is not possible yet
     */
    void recover(int attempt) throws IOException, InterruptedException;
}
