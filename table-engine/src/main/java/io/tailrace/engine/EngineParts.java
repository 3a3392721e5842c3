package io.tailrace.engine;

import io.tailrace.engine.journal.ChronicleJournal;
import io.tailrace.engine.journal.JournalDependencies;
import io.tailrace.engine.recovery.DataDirectory;
import io.tailrace.engine.recovery.StateRecovery;
import io.tailrace.engine.state.TableState;
import io.tailrace.engine.step.EngineStep;
import io.tailrace.engine.writer.CommitLog;
import io.tailrace.engine.writer.Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

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
            DataDirectory directory =
                    DataDirectory.open(config.dataDir(), "region " + config.region(), dependencies.disk());
            opened.add(directory);
            requireJournal(directory);
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
            TableState state = new StateRecovery(
                            directory,
                            journal,
                            dependencies.clock(),
                            dependencies.disk(),
                            new StateRecovery.StateSettings(config.streams(), dependencies.blockCache()))
                    .open();
            opened.add(state);
            dependencies.steps().reached(EngineStep.RECOVERED);
            directory.markOpen();
            CompletableFuture<ReplicationBarrier> barrier = new CompletableFuture<>();
            CompletableFuture<LongSupplier> capturedSequence = new CompletableFuture<>();
            Writer writer = new Writer(
                    new Writer.Config(config.region(), config.queueCapacity(), config.maxBatchWrites(), config.plans()),
                    around.apply(new EngineLog(journal, state, config.durability(), barrier)),
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

    /** An empty journal in its place would look like a directory that nothing was ever written to. */
    private static void requireJournal(DataDirectory directory) throws IOException {
        if (directory.wasUsed() && !Files.isDirectory(directory.journal())) {
            throw new IOException("the journal " + directory.journal() + " is missing, and " + directory.path()
                    + " was written to: what was committed since the state's last flush would be lost. Nothing was"
                    + " changed. See docs/operations.md, \"A corrupt journal\"");
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
