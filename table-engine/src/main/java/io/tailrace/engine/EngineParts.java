package io.tailrace.engine;

import io.tailrace.engine.journal.ChronicleJournal;
import io.tailrace.engine.journal.JournalDependencies;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.state.TableState;
import io.tailrace.engine.step.EngineStep;
import io.tailrace.engine.writer.CommitLog;
import io.tailrace.engine.writer.Writer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an engine is made of, without the threads that run it: {@link TableEngine} starts them, a simulation takes the steps
 * itself, one by one.
 *
 * @param barrier what {@link Durability#REPLICATED} waits for
 * @param capturedSequence once it is there, journal files that are captured may be removed
 */
record EngineParts(
        DataDirectory directory,
        ChronicleJournal journal,
        TableState state,
        Writer writer,
        Maintenance maintenance,
        CompletableFuture<ReplicationBarrier> barrier,
        CompletableFuture<LongSupplier> capturedSequence) {
    private static final Logger log = LoggerFactory.getLogger(EngineParts.class);
    /** Bounds the memory that recovery takes. */
    private static final int REPLAY_BATCH_ENTRIES = 256;

    private static final long REPLAY_BATCH_BYTES = 8L << 20;

    /**
     * Opens the data directory, creating it when needed, and recovers the state from the journal. What was opened is closed
     * again when that fails.
     *
     * @param around tests look at commits, or break them, between the steps
     */
    static EngineParts open(EngineConfig config, EngineDependencies dependencies, UnaryOperator<CommitLog> around)
            throws IOException {
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            DataDirectory directory = DataDirectory.open(config.dataDir(), dependencies.disk());
            opened.add(directory);
            ChronicleJournal journal = ChronicleJournal.open(
                    directory.journal(),
                    config.journal(),
                    new JournalDependencies(
                            dependencies.clock(),
                            dependencies.meters(),
                            config.region(),
                            dependencies.steps(),
                            dependencies.disk()),
                    directory.lastShutdown());
            opened.add(journal);
            TableState state = TableState.open(directory.state(), () -> syncJournal(journal), config.streams());
            opened.add(state);
            recover(journal, state);
            dependencies.steps().reached(EngineStep.RECOVERED);
            directory.markOpen();
            CompletableFuture<ReplicationBarrier> barrier = new CompletableFuture<>();
            CompletableFuture<LongSupplier> capturedSequence = new CompletableFuture<>();
            Writer writer = new Writer(
                    new Writer.Config(config.region(), config.queueCapacity(), config.maxBatchWrites(), config.plans()),
                    around.apply(new EngineLog(journal, config.durability(), barrier)),
                    state,
                    dependencies.clock(),
                    dependencies.uuids(),
                    new Writer.Observers(dependencies.meters(), dependencies.steps()));
            Maintenance maintenance =
                    new Maintenance(journal, state, config.flushInterval(), capturedSequence, dependencies.steps());
            return new EngineParts(directory, journal, state, writer, maintenance, barrier, capturedSequence);
        } catch (IOException | RuntimeException e) {
            closeAll(opened, e);
            throw e;
        }
    }

    /** Flushes the state, unless writes have failed, and closes everything; nobody may use any of it at the same time. */
    void closeFiles() throws IOException {
        try (directory) {
            try (journal;
                    state) {
                if (writer.failure() == null) {
                    maintenance.flush();
                }
            }
            if (writer.failure() == null) {
                directory.markClosed();
            }
        }
    }

    private static void recover(ChronicleJournal journal, TableState state) throws IOException {
        long before = state.appliedSequence();
        List<JournalEntry> batch = new ArrayList<>();
        long[] bytes = {0};
        journal.replay(before + 1, entry -> {
            batch.add(entry);
            bytes[0] += ChronicleJournal.encodedLength(entry);
            if (batch.size() >= REPLAY_BATCH_ENTRIES || bytes[0] >= REPLAY_BATCH_BYTES) {
                state.apply(batch);
                batch.clear();
                bytes[0] = 0;
            }
        });
        state.apply(batch);
        if (state.appliedSequence() > before) {
            log.info("Recovered commits {} to {} from the journal", before + 1, state.appliedSequence());
        }
    }

    private static void syncJournal(ChronicleJournal journal) {
        try {
            journal.sync();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void closeAll(List<AutoCloseable> opened, Exception cause) {
        for (int i = opened.size() - 1; i >= 0; i--) {
            try {
                opened.get(i).close();
            } catch (Exception e) {
                cause.addSuppressed(e);
            }
        }
    }
}
