package io.tailrace.engine.journal;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One commit.
 *
 * @param mutations in order; empty when the commit only notes a command that changed nothing
 * @param commandPosition null unless the write came from the commands topic
 */
public record JournalEntry(
        long sequence, Instant commitTime, List<JournalMutation> mutations, CommandPosition commandPosition) {
    public JournalEntry {
        Objects.requireNonNull(commitTime);
        mutations = List.copyOf(mutations);
    }
}
