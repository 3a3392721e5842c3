package io.tailrace.engine.journal;

/** The journal does not hold the entry that was asked for: it is older than the oldest, or newer than the next. */
public final class JournalTruncatedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalTruncatedException(long sequence, long firstSequence, long nextSequence) {
        super("the journal has no entry " + sequence + ": its entries are from " + firstSequence
                + " up to, but not with, " + nextSequence);
    }
}
