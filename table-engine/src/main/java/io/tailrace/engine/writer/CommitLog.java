package io.tailrace.engine.writer;

import io.tailrace.engine.journal.JournalEntry;
import java.io.IOException;
import java.util.List;

/** The journal as the writer uses it, with the durability that is set. Used by the writer's thread alone. */
public interface CommitLog {
    /** The number of the last entry; 0 when there never was one. */
    long lastSequence();

    /** The largest entry that can be appended. */
    int maxEntryBytes();

    /** How long the entry would be. */
    long encodedLength(JournalEntry entry);

    void append(List<JournalEntry> entries) throws IOException;

    /** Returns once everything up to with this number is as durable as it must be to be acknowledged. */
    void makeDurable(long sequence) throws IOException, InterruptedException;
}
