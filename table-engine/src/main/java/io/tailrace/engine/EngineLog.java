package io.tailrace.engine;

import io.tailrace.engine.journal.ChronicleJournal;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.writer.CommitLog;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The journal with the durability that is set. */
final class EngineLog implements CommitLog {
    private final ChronicleJournal journal;
    private final Durability durability;
    private final CompletableFuture<ReplicationBarrier> barrier;

    /** @param barrier what {@link Durability#REPLICATED} waits for; writes wait until it is there */
    EngineLog(ChronicleJournal journal, Durability durability, CompletableFuture<ReplicationBarrier> barrier) {
        this.journal = journal;
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

    private void awaitReplication(long sequence) throws InterruptedException {
        try {
            barrier.get().await(sequence);
        } catch (ExecutionException e) {
            throw new IllegalStateException("no replication barrier", e);
        }
    }
}
