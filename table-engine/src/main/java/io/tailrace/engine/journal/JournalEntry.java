package io.tailrace.engine.journal;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One commit.
 *
 * @param mutations in order; empty when the commit only notes a command or a token whose write changed nothing
 * @param commandPosition null unless the write came from the commands topic
 * @param requestToken null unless the write is to be recognised when it comes again
 */
public record JournalEntry(
        long sequence,
        Instant commitTime,
        List<JournalMutation> mutations,
        CommandPosition commandPosition,
        RequestToken requestToken) {
    public JournalEntry {
        Objects.requireNonNull(commitTime);
        mutations = List.copyOf(mutations);
    }

    /** A commit without a token. */
    public JournalEntry(
            long sequence, Instant commitTime, List<JournalMutation> mutations, CommandPosition commandPosition) {
        this(sequence, commitTime, mutations, commandPosition, null);
    }
}
