package io.tailrace.engine;

import io.tailrace.engine.catalog.Catalog;
import io.tailrace.engine.journal.Journal;
import io.tailrace.engine.writer.CommitLog;
import io.tailrace.engine.writer.WriteOperation;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** An engine without threads: whoever has it takes its steps. Belongs to one thread. */
public final class SteppedEngine {
    private final EngineParts parts;

    private SteppedEngine(EngineParts parts) {
        this.parts = parts;
    }

    /** @param around what lies between the writer and the journal */
    public static SteppedEngine open(
            EngineConfig config, EngineDependencies dependencies, UnaryOperator<CommitLog> around) throws IOException {
        return new SteppedEngine(EngineParts.open(config, dependencies, around));
    }

    public <R> CompletableFuture<R> submit(WriteOperation<R> operation) {
        return parts.writer().submit(operation);
    }

    /** One batch of the writer, if anything waits. */
    public int write() throws InterruptedException {
        return parts.writer().doWork(0);
    }

    /** Flushes the state, and removes journal files that nobody needs. */
    public void maintain() throws IOException {
        parts.maintenance().doWork();
    }

    public void allowJournalRemoval(LongSupplier captured) {
        parts.capturedSequence().complete(captured);
    }

    public Journal journal() {
        return parts.journal();
    }

    /** The number of the last entry in the journal, durable or not. */
    public long lastSequence() {
        return parts.journal().lastSequence();
    }

    public long appliedSequence() {
        return parts.state().appliedSequence();
    }

    public Catalog catalog() {
        return parts.state().catalog();
    }

    /** Why no write is acknowledged any more, or null. */
    public Throwable failure() {
        return parts.writer().failure();
    }

    public void close() throws IOException {
        parts.writer().abandon();
        parts.closeFiles();
    }
}
