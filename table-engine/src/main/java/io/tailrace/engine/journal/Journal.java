package io.tailrace.engine.journal;

import java.time.Duration;

/** The journal as its readers see it. Safe for use by several threads. */
public interface Journal {
    /** A new reader; it belongs to the thread that uses it first. */
    JournalReader openReader();

    /** The number of the oldest entry that is still there; with an empty journal, the number of the next. */
    long firstSequence();

    /** The number of the last entry that readers may see; one less than {@link #firstSequence} when there is none. */
    long readableSequence();

    /**
     * Waits until an entry after {@code sequence} is readable.
     *
     * @return whether there is one; false when the time is over or the journal was closed
     */
    boolean awaitReadable(long sequence, Duration timeout) throws InterruptedException;
}
