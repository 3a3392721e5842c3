package io.tailrace.engine;

import io.tailrace.engine.journal.ChronicleJournal;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.recovery.Recovery;
import io.tailrace.engine.state.StateException;
import io.tailrace.engine.state.TableState;
import io.tailrace.engine.writer.CommitLog;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The journal with the durability that is set. */
final class EngineLog implements CommitLog {
    /** So often it is left to RocksDB to overcome what happened in its background. */
    private static final int REOPEN_AFTER_ATTEMPTS = 6;

    private final ChronicleJournal journal;
    private final TableState state;
    private final Durability durability;
    private final CompletableFuture<ReplicationBarrier> barrier;

    /** @param barrier what {@link Durability#REPLICATED} waits for; writes wait until it is there */
    EngineLog(
            ChronicleJournal journal,
            TableState state,
            Durability durability,
            CompletableFuture<ReplicationBarrier> barrier) {
        this.journal = journal;
        this.state = state;
        this.durability = durability;
        this.barrier = barrier;
    }

    @Override
    public long lastSequence() {
        return journal.lastSequence();
    }

    @Override
    public int maxEntryBytes() {
        return journal.maxEntryBytes();
    }

    @Override
    public long encodedLength(JournalEntry entry) {
        return ChronicleJournal.encodedLength(entry);
    }

    @Override
    public void append(List<JournalEntry> entries) throws IOException {
        journal.append(entries);
    }

    @Override
    public void makeDurable(long sequence) throws IOException, InterruptedException {
        switch (durability) {
            case PROCESS -> journal.publish(sequence);
            case DISK -> {
                journal.sync();
                journal.publish(sequence);
            }
            case REPLICATED -> {
                journal.sync();
                // Replication reads the journal, so it must see the entries before they count as durable.
                journal.publish(sequence);
                awaitReplication(sequence);
            }
        }
    }

    @Override
    public Optional<String> full() {
        return journal.full();
    }

    /** What readers may see is carried out, what they may not is cut off: nobody was told of it. */
    @Override
    public void recover(int attempt) throws IOException, InterruptedException {
        journal.repair();
        if (durability == Durability.REPLICATED && journal.lastSequence() > state.appliedSequence()) {
            awaitReplication(journal.lastSequence());
        }
        if (state.needsReopening() || attempt >= REOPEN_AFTER_ATTEMPTS && !isStateUsable()) {
            state.reopen((sequence, consumer) -> Recovery.replay(journal, sequence, consumer));
        }
        state.probe();
        Recovery.run(journal, state);
    }

    private boolean isStateUsable() {
        try {
            state.probe();
            return true;
        } catch (StateException e) {
            return false;
        }
    }

    private void awaitReplication(long sequence) throws InterruptedException {
        try {
            barrier.get().await(sequence);
        } catch (ExecutionException e) {
            throw new IllegalStateException("no replication barrier", e);
        }
    }
}
