package io.tailrace.engine;

import io.tailrace.engine.catalog.Catalog;
import io.tailrace.engine.catalog.StreamHistory;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.index.IndexLifecycle;
import io.tailrace.engine.journal.ChronicleJournal;
import io.tailrace.engine.journal.CommandPosition;
import io.tailrace.engine.journal.Journal;
import io.tailrace.engine.operation.OperationExecutor;
import io.tailrace.engine.read.GlobalIndexReader;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;
import io.tailrace.engine.state.NotInMemoryException;
import io.tailrace.engine.state.StateView;
import io.tailrace.engine.state.TableState;
import io.tailrace.engine.writer.CommitLog;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.engine.writer.Writer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table engine of one region. Safe for use by several threads. */
public final class TableEngine implements OperationExecutor, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TableEngine.class);
    private static final Duration WRITER_WAIT = Duration.ofMillis(50);
    private static final Duration MAINTENANCE_PAUSE = Duration.ofMillis(200);
    /** How long accepted writes may take to finish when the engine is closed; replication may never come. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final EngineConfig config;
    private final EngineDependencies dependencies;
    private final EngineParts parts;
    private final ChronicleJournal journal;
    private final TableState state;
    private final Writer writer;
    private final ShardRollOver shards;
    private final DiskMeters diskMeters;
    private final AgentThread writerThread;
    private final AgentThread maintenanceThread;
    private final IndexLifecycle indexes;
    private final AgentThread indexThread;
    private final AtomicReference<GlobalIndexReader> globalIndexes = new AtomicReference<>(NoGlobalIndexes.INSTANCE);
    private final AtomicBoolean closed = new AtomicBoolean();

    private TableEngine(EngineConfig config, EngineDependencies dependencies, EngineParts parts) {
        this.config = config;
        this.dependencies = dependencies;
        this.parts = parts;
        this.journal = parts.journal();
        this.state = parts.state();
        this.writer = parts.writer();
        this.shards = new ShardRollOver(state::streams, dependencies.clock(), config.streams(), this);
        this.diskMeters = new DiskMeters(
                dependencies.meters(), config.region(), state, parts.directory().state());
        this.writerThread = new AgentThread(
                "tailrace-writer-" + config.region(), () -> writer.doWork(WRITER_WAIT.toNanos()), Duration.ZERO);
        this.maintenanceThread =
                new AgentThread("tailrace-maintenance-" + config.region(), this::maintain, MAINTENANCE_PAUSE);
        this.indexes = new IndexLifecycle(
                new IndexLifecycle.Surroundings(
                        this, state::catalog, state::backfilledUpTo, state::appliedSequence, System::nanoTime),
                config.backfill());
        this.indexThread =
                new AgentThread("tailrace-indexes-" + config.region(), indexes::doWork, indexes::pauseWhenIdle);
    }

    /**
     * Opens the data directory, creating it when needed, and recovers the state from the journal.
     *
     * @throws io.tailrace.engine.journal.JournalCorruptException when an entry cannot be trusted; nothing is changed then
     * @throws UncheckedIOException when the directory is in use by another process, or cannot be read or written
     */
    public static TableEngine open(EngineConfig config, EngineDependencies dependencies) {
        return open(config, dependencies, UnaryOperator.identity());
    }

    /** As above; tests look at commits, or break them, between the steps. */
    static TableEngine open(EngineConfig config, EngineDependencies dependencies, UnaryOperator<CommitLog> around) {
        try {
            TableEngine engine = new TableEngine(config, dependencies, EngineParts.open(config, dependencies, around));
            engine.writerThread.start();
            engine.maintenanceThread.start();
            engine.indexThread.start();
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * Besides its own work, wakes the writer when a table's deletion is due; the writer removes it before it does anything. And
     * rolls shards over.
     */
    private int maintain() throws Exception {
        if (!state.catalog().gone(dependencies.clock().instant()).isEmpty() && writer.isIdle()) {
            try {
                writer.submit(context -> new Plan<>(List.of(), Boolean.TRUE));
            } catch (DynamoException busyOrClosed) {
                log.debug("Tables are removed later", busyOrClosed);
            }
        }
        journal.lookForSpace();
        diskMeters.doWork();
        return parts.maintenance().doWork() + shards.doWork();
    }

    /**
     * Hands a write to the writer. The future completes on the writer's thread once the write is as durable as the setting
     * says and visible to reads, or with the {@code DynamoException} of its refusal; do little in what depends on it, or use
     * the {@code Async} methods.
     *
     * @throws io.tailrace.engine.error.DynamoException retryable, when the queue is full
     */
    @Override
    public <R> CompletableFuture<R> write(WriteOperation<R> operation) {
        return writer.submit(operation);
    }

    /**
     * A write that came from the commands topic. Its position is journaled with what it does, even when it is refused or
     * changes nothing, so that {@link #appliedCommandOffset} tells after any crash where to go on. The offsets of a partition
     * must increase: a write at or behind the last one fails with an {@code IllegalArgumentException}.
     *
     * @param incarnation as {@link #incarnation} was before the caller asked for the applied offset: when a command fails
     *     without a trace, those behind it fail too until the caller has asked again, so that none is left out
     */
    public <R> CompletableFuture<R> write(WriteOperation<R> operation, CommandPosition position, long incarnation) {
        return writer.submit(operation, position, incarnation);
    }

    /** As above, for a caller that waits for each command. */
    public <R> CompletableFuture<R> write(WriteOperation<R> operation, CommandPosition position) {
        return write(operation, position, incarnation());
    }

    /** Grows whenever writes fail that were accepted. */
    public long incarnation() {
        return writer.incarnation();
    }

    /** Reads on the caller's thread. */
    @Override
    public <R> R read(ReadOperation<R> operation) {
        try (StateView view = state.view(operation.needsSnapshot())) {
            return operation.execute(context(view));
        }
    }

    /** Reads on the caller's thread, which does not wait for a disk: empty when that would be needed. For reads of single items. */
    public <R> Optional<R> readInMemory(ReadOperation<R> operation) {
        try (StateView view = state.viewOfMemory()) {
            return view == null ? Optional.empty() : Optional.of(operation.execute(context(view)));
        } catch (NotInMemoryException elsewhere) {
            return Optional.empty();
        }
    }

    private ReadContext context(StateView view) {
        return new EngineReadContext(state, view, globalIndexes.get(), config.region(), dependencies.clock());
    }

    /** The tables as of now. */
    public Catalog catalog() {
        return state.catalog();
    }

    /** The streams that are enabled as of now, and those that ended and may still be read. */
    public StreamHistory streams() {
        return state.streams();
    }

    public Journal journal() {
        return journal;
    }

    public String region() {
        return config.region();
    }

    /** The number of the last commit that reads see; 0 when there is none. */
    public long appliedSequence() {
        return state.appliedSequence();
    }

    /** The offset of the last command of this partition that was carried out or refused; -1 when there is none. */
    public long appliedCommandOffset(int topicPartition) {
        return state.commandOffset(topicPartition);
    }

    public EngineHealth health() {
        if (closed.get()) {
            return new EngineHealth(false, false, "closed");
        }
        Throwable failure = writer.failure();
        if (failure != null) {
            boolean readable = state.isReadable();
            return new EngineHealth(
                    readable,
                    false,
                    "writes are refused, reads " + (readable ? "go on" : "fail") + ", tried again every few seconds: "
                            + failure);
        }
        Optional<String> full = journal.full();
        if (full.isPresent()) {
            return new EngineHealth(true, false, "writes are refused, reads go on: " + full.get());
        }
        String damage = state.damage();
        if (damage != null) {
            return new EngineHealth(
                    true,
                    true,
                    "the state is damaged, some items cannot be read: stop the server and run 'tailrace doctor "
                            + config.dataDir() + "' (" + damage + ")",
                    true,
                    journal.isSizeAlarm());
        }
        return journal.isSizeAlarm()
                ? new EngineHealth(
                        true,
                        true,
                        "the journal has " + (journal.sizeBytes() >> 20)
                                + " MiB, most of journal.max.size; beyond it writes are refused",
                        false,
                        true)
                : new EngineHealth(true, true, "reads and writes");
    }

    /** What writes wait for under {@link Durability#REPLICATED}; until it is set, they wait. It can be set once. */
    public void setReplicationBarrier(ReplicationBarrier newBarrier) {
        if (!parts.barrier().complete(newBarrier)) {
            throw new IllegalStateException("the replication barrier is set already");
        }
    }

    /**
     * Completes when all global secondary indexes hold what was acknowledged before this was called. It may never do so:
     * whoever waits has a limit, and cancels.
     *
     * @throws io.tailrace.engine.error.DynamoException retryable, while there are no indexes to ask
     */
    public CompletableFuture<Void> whenIndexesApplied() {
        return globalIndexes.get().whenApplied(appliedSequence());
    }

    /**
     * Tells someone of the catalog and soon after each change of the new one, on a thread of the engine's that must not be kept
     * waiting. One at a time is told: the last that asked.
     */
    public void watchCatalog(Consumer<Catalog> watcher) {
        indexes.watch(watcher);
    }

    /** Where global secondary indexes are read; until it is set, reading one is a retryable error. */
    public void setGlobalIndexReader(GlobalIndexReader reader) {
        globalIndexes.set(reader);
    }

    /**
     * Allows the removal of journal files whose entries are all captured, besides applied and past their retention. Until
     * this is called, once, no file is removed.
     */
    public void allowJournalRemoval(LongSupplier captured) {
        if (!parts.capturedSequence().complete(captured)) {
            throw new IllegalStateException("the removal of journal files is allowed already");
        }
    }

    /**
     * Lets the writes that were accepted finish, flushes the state and closes everything. Close what reads the journal first.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        indexes.stop();
        indexThread.stop();
        writer.close();
        writerThread.stop();
        maintenanceThread.stop();
        boolean interrupted = false;
        try {
            if (!writerThread.join(CLOSE_TIMEOUT)) {
                log.warn("Writes do not finish; they are found in the journal at the next start");
                writerThread.interrupt();
                writerThread.join(CLOSE_TIMEOUT);
            }
            maintenanceThread.join(CLOSE_TIMEOUT);
            indexThread.interrupt();
            indexThread.join(CLOSE_TIMEOUT);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        writer.abandon();
        try {
            closeFiles();
        } finally {
            // Only now: a file channel that an interrupted thread uses is closed under it.
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closeFiles() {
        try {
            parts.closeFiles();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
