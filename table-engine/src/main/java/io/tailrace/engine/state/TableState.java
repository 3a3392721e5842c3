package io.tailrace.engine.state;

import io.tailrace.engine.catalog.Catalog;
import io.tailrace.engine.catalog.StreamHistory;
import io.tailrace.engine.catalog.StreamTimes;
import io.tailrace.engine.catalog.TableStream;
import io.tailrace.engine.journal.CommandPosition;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.read.TableStatistics;
import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.codec.TableDefinitionCodec;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.TableDefinition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * The state. {@link #apply} and {@link #flush} belong to one thread each, reads to any; {@link #close} waits for reads that
 * are under way.
 */
public final class TableState implements AutoCloseable {
    /**
     * Since 3 there may be versions of items of global tables, which an earlier release would leave as they are while it
     * changes the items.
     */
    private static final int FORMAT_VERSION = 3;
    /** Had no sizes of item collections. */
    private static final int FORMAT_WITHOUT_COLLECTIONS = 1;

    private static final int OLDEST_FORMAT_VERSION = FORMAT_WITHOUT_COLLECTIONS;
    /** The version of a state that nothing was written to. */
    private static final int NEW = 0;

    private final Path directory;
    private final Runnable beforeFlush;
    private final Optional<BlockCache> cache;
    private final StreamTimes streamTimes;
    private final UseGate gate = new UseGate();
    private volatile Map<Integer, TableStatistics> statistics = new ConcurrentHashMap<>();
    private volatile Map<Integer, Long> commandOffsets = new ConcurrentHashMap<>();
    private volatile Map<Integer, byte[]> backfilled = new ConcurrentHashMap<>();
    private volatile RequestTokens requestTokens = new RequestTokens();
    /** Null when it could not be opened again. */
    private volatile RocksStore store;
    /** Whether commits were written whose consequences in memory are not all drawn. */
    private volatile boolean halfApplied;

    private volatile Catalog catalog = Catalog.EMPTY;
    private volatile StreamHistory streams = StreamHistory.EMPTY;
    private volatile long appliedSequence;
    private volatile Instant lastCommitTime = Instant.EPOCH;
    private volatile long flushedSequence;

    private TableState(
            Path directory,
            Runnable beforeFlush,
            Optional<BlockCache> cache,
            RocksStore store,
            StreamTimes streamTimes) {
        this.cache = cache;
        this.directory = directory;
        this.beforeFlush = beforeFlush;
        this.store = store;
        this.streamTimes = streamTimes;
    }

    /**
     * Opens or creates the state.
     *
     * @param beforeFlush makes the journal durable; called on another thread before the state's files get newer, so that they
     *     are never newer than the journal
     * @param streamTimes for how long at least streams and shards are known after their end
     * @param cache one that others use too; empty for one of its own
     */
    public static TableState open(
            Path directory, Runnable beforeFlush, StreamTimes streamTimes, Optional<BlockCache> cache)
            throws IOException {
        Files.createDirectories(directory);
        RocksStore store;
        try {
            store = RocksStore.open(directory, beforeFlush, cache);
        } catch (RocksDBException e) {
            throw new IOException("the state in " + directory + " cannot be opened: " + e.getMessage(), e);
        }
        TableState state = new TableState(directory, beforeFlush, cache, store, streamTimes);
        try {
            int version = state.load(directory);
            state.bringToFormat(version);
            return state;
        } catch (RocksDBException e) {
            store.close();
            throw new IOException("the state in " + directory + " cannot be read: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /**
     * Looks at what the directory holds and changes nothing: whether all files are there, whether everything that the start
     * reads can be read, and how far the state is. Blocks with items are checked when they are read.
     *
     * @throws IOException when the directory cannot be read, or this release does not read its format: neither is damage
     */
    public static StateFinding examine(Path directory) throws IOException {
        if (!Files.isDirectory(directory) || isEmpty(directory)) {
            return StateFinding.none();
        }
        try (RocksStore store = RocksStore.openReadOnly(directory)) {
            TableState state = new TableState(directory, () -> {}, BlockCache.OWN, store, StreamTimes.DEFAULT);
            state.load(directory);
            return StateFinding.readable(state.appliedSequence);
        } catch (RocksDBException e) {
            if (!StateFinding.isDamage(e)) {
                throw new IOException("the state in " + directory + " cannot be read: " + e.getMessage(), e);
            }
            return StateFinding.damaged(e.getMessage());
        } catch (RuntimeException e) {
            // The checksums were right, so only a writer's mistake gets here.
            return StateFinding.damaged("what describes the tables cannot be understood: " + e);
        }
    }

    /** Opens a state to look at; nothing is changed, and nothing can be applied. */
    static TableState openReadOnly(Path directory) throws IOException, RocksDBException {
        RocksStore store = RocksStore.openReadOnly(directory);
        TableState state = new TableState(directory, () -> {}, BlockCache.OWN, store, StreamTimes.DEFAULT);
        try {
            state.load(directory);
            return state;
        } catch (IOException | RocksDBException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    RocksStore store() {
        return store;
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    /** Applies commits, which follow the last one without a gap. Visible to reads, as a whole, when this returns. */
    public void apply(List<JournalEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        gate.enter();
        try (RocksStore.Batch batch = usableStore().batch(EntryApplier.bytes(entries))) {
            EntryApplier applier =
                    new EntryApplier(batch, catalog, streams, streamTimes, statistics, new ItemCollections(store));
            long sequence = appliedSequence;
            Instant before = lastCommitTime;
            Map<Integer, Long> offsets = new ConcurrentHashMap<>();
            RequestTokens.Changes tokens = requestTokens.changes(batch);
            for (JournalEntry entry : entries) {
                if (entry.sequence() != ++sequence) {
                    throw new IllegalStateException("commit " + entry.sequence() + " instead of " + sequence);
                }
                applier.beginCommit(before, entry.commitTime());
                before = entry.commitTime();
                applier.apply(entry);
                tokens.apply(entry);
                CommandPosition command = entry.commandPosition();
                if (command != null) {
                    offsets.put(command.topicPartition(), command.offset());
                }
            }
            for (Map.Entry<Integer, Long> offset : offsets.entrySet()) {
                batch.putMeta(MetaKeys.commandOffset(offset.getKey()), MetaKeys.ofLong(offset.getValue()));
            }
            Instant commitTime = entries.get(entries.size() - 1).commitTime();
            batch.putMeta(
                    MetaKeys.APPLIED, MetaKeys.ofLongs(sequence, ChronoUnit.MICROS.between(Instant.EPOCH, commitTime)));
            applier.finish();
            tokens.finish();
            halfApplied = true;
            write(batch);
            applier.changedStatistics().forEach(this::setStatistics);
            applier.changedBackfills().forEach(this::setBackfilled);
            commandOffsets.putAll(offsets);
            requestTokens.accept(tokens);
            catalog = applier.catalog();
            streams = applier.streams();
            lastCommitTime = commitTime;
            appliedSequence = sequence;
            halfApplied = false;
        } catch (RocksDBException e) {
            throw store.failure(
                    "commits up to " + entries.get(entries.size() - 1).sequence() + " cannot be applied", e);
        } finally {
            gate.leave();
        }
    }

    /** Leaves it half applied unless it is sure that nothing was written. */
    private void write(RocksStore.Batch batch) throws RocksDBException {
        try {
            batch.write();
        } catch (RocksDBException e) {
            halfApplied = false;
            throw e;
        }
    }

    /** Forces all that was applied to the files, and returns the sequence number up to which that is so. */
    public long flush() {
        gate.enter();
        try {
            long sequence = appliedSequence;
            usableStore().flush();
            flushedSequence = sequence;
            return sequence;
        } catch (RocksDBException e) {
            throw store.failure("the state cannot be flushed", e);
        } finally {
            gate.leave();
        }
    }

    /** The first damage that was met since the start, naming the file; null when there was none. */
    public String damage() {
        RocksStore current = store;
        return current == null ? null : current.damage();
    }

    /**
     * Finds out whether the files take writes; they do not after a failure in the background, until RocksDB has overcome it.
     *
     * @throws StateException when they do not, with RocksDB's reason
     */
    public void probe() {
        gate.enter();
        try (RocksStore.Batch batch = usableStore().batch()) {
            batch.putMeta(MetaKeys.FORMAT, MetaKeys.ofInt(FORMAT_VERSION));
            batch.write();
        } catch (RocksDBException e) {
            throw new StateException("the state cannot be written: " + e.getMessage(), e);
        } finally {
            gate.leave();
        }
    }

    /** Whether only {@link #reopen} helps. */
    public boolean needsReopening() {
        return halfApplied || store == null;
    }

    /** Whether reads are possible; they are not after a {@link #reopen} that failed. */
    public boolean isReadable() {
        return store != null;
    }

    /** Passes on the commits from a number on. */
    @FunctionalInterface
    public interface Replay {
        void from(long sequence, Consumer<List<JournalEntry>> consumer) throws IOException;
    }

    /**
     * Closes the files, opens them again and applies what they lack: for when RocksDB takes no writes any more until it is
     * opened again. Reads wait meanwhile. When it fails, reads fail as well until a later call succeeds.
     *
     * @param replay has all commits that may be applied
     */
    public void reopen(Replay replay) throws IOException {
        gate.pause();
        try {
            if (store != null) {
                RocksStore old = store;
                store = null;
                old.close();
            }
            TableState fresh = open(directory, beforeFlush, streamTimes, cache);
            try {
                replay.from(fresh.appliedSequence + 1, fresh::apply);
            } catch (IOException | RuntimeException | Error e) {
                fresh.close();
                throw e;
            }
            takeOver(fresh);
        } finally {
            gate.resume();
        }
    }

    private void takeOver(TableState fresh) {
        statistics = fresh.statistics;
        commandOffsets = fresh.commandOffsets;
        backfilled = fresh.backfilled;
        requestTokens = fresh.requestTokens;
        catalog = fresh.catalog;
        streams = fresh.streams;
        lastCommitTime = fresh.lastCommitTime;
        flushedSequence = fresh.flushedSequence;
        appliedSequence = fresh.appliedSequence;
        store = fresh.store;
        halfApplied = false;
    }

    private RocksStore usableStore() {
        RocksStore current = store;
        if (current == null) {
            throw new StateException("the state could not be opened again", null);
        }
        return current;
    }

    /** A view for reads; to be closed. */
    public StateView view(boolean snapshot) {
        gate.enter();
        return enteredView(snapshot ? StateView.Kind.SNAPSHOT : StateView.Kind.LATEST);
    }

    /**
     * A view for reads that wait for no disk and for nobody: an item that is not in memory is a {@link NotInMemoryException}. To be
     * closed; null while the state cannot be used.
     */
    public StateView viewOfMemory() {
        return gate.tryEnter() ? enteredView(StateView.Kind.MEMORY) : null;
    }

    private StateView enteredView(StateView.Kind kind) {
        try {
            return new StateView(usableStore(), gate, new ItemVersions(streamTimes.deletedVersions()), kind);
        } catch (RuntimeException | Error e) {
            gate.leave();
            throw e;
        }
    }

    public Catalog catalog() {
        return catalog;
    }

    /** About how many bytes the table's items and local indexes take in the files; 0 while they cannot be asked. */
    public long approximateDiskBytes(TableDefinition table) {
        gate.enter();
        try {
            RocksStore current = store;
            return current == null ? 0 : current.approximateBytes(table);
        } finally {
            gate.leave();
        }
    }

    /** The streams that are enabled, and those that ended not long ago. */
    public StreamHistory streams() {
        return streams;
    }

    public TableStatistics statistics(int tableId) {
        return statistics.getOrDefault(tableId, TableStatistics.NONE);
    }

    /** The state key of the last item that the table's backfill has told; null when it has told none, or there is none. */
    public byte[] backfilledUpTo(int tableId) {
        byte[] key = backfilled.get(tableId);
        return key == null ? null : key.clone();
    }

    /** 0 when nothing was ever applied. */
    public long appliedSequence() {
        return appliedSequence;
    }

    /** What was applied up to here is in the files. */
    public long flushedSequence() {
        return flushedSequence;
    }

    /** Of the last applied commit; the epoch when there is none. */
    public Instant lastCommitTime() {
        return lastCommitTime;
    }

    /** The offset of the last command of the partition; -1 when there is none. */
    public long commandOffset(int topicPartition) {
        return commandOffsets.getOrDefault(topicPartition, -1L);
    }

    /** How many request tokens are kept, a few that are not remembered any more included. */
    public long requestTokenCount() {
        return requestTokens.count();
    }

    @Override
    public void close() {
        if (gate.close() && store != null) {
            store.close();
        }
    }

    private void setStatistics(int tableId, TableStatistics changed) {
        if (changed == null) {
            statistics.remove(tableId);
        } else {
            statistics.put(tableId, changed);
        }
    }

    private void setBackfilled(int tableId, byte[] key) {
        if (key == null) {
            backfilled.remove(tableId);
        } else {
            backfilled.put(tableId, key);
        }
    }

    /** Returns the version of the format that the state has, or {@link #NEW}. */
    private int load(Path directory) throws IOException, RocksDBException {
        byte[] format = store.getMeta(MetaKeys.FORMAT);
        int version = format == null ? NEW : ByteBuffer.wrap(format).getInt();
        if (version != NEW && (version < OLDEST_FORMAT_VERSION || version > FORMAT_VERSION)) {
            throw new IOException("the state in " + directory + " has format version " + version
                    + ", and this release reads the versions " + OLDEST_FORMAT_VERSION + " to " + FORMAT_VERSION
                    + ". Nothing was changed. Start the release that wrote it, or a later one");
        }
        byte[] applied = store.getMeta(MetaKeys.APPLIED);
        if (applied != null) {
            appliedSequence = ByteBuffer.wrap(applied).getLong(0);
            lastCommitTime = Instant.EPOCH.plus(ByteBuffer.wrap(applied).getLong(Long.BYTES), ChronoUnit.MICROS);
        }
        // Without a write-ahead log, what is found at the start was read from the files.
        flushedSequence = appliedSequence;
        byte[] nextId = store.getMeta(MetaKeys.NEXT_ID);
        List<TableDefinition> tables = new ArrayList<>();
        List<TableStream> known = new ArrayList<>();
        List<TableDefinition> gone = new ArrayList<>();
        try (RocksIterator all = store.metaIterator()) {
            for (all.seekToFirst(); all.isValid() && !MetaKeys.isReadOnDemand(all.key()); all.next()) {
                if (MetaKeys.isGoneReplica(all.key())) {
                    gone.add(TableDefinitionCodec.decode(ByteBuffer.wrap(all.value())));
                } else {
                    loadEntry(all.key(), all.value(), tables, known);
                }
            }
            all.status();
        }
        catalog = Catalog.of(
                        tables,
                        nextId == null
                                ? Catalog.EMPTY.nextId()
                                : ByteBuffer.wrap(nextId).getInt())
                .withGoneReplicas(gone);
        streams = StreamHistory.of(tables, known);
        return version;
    }

    private void bringToFormat(int version) throws RocksDBException {
        if (version == FORMAT_WITHOUT_COLLECTIONS) {
            ItemCollections.countAll(store, catalog.tables());
        }
        if (version != FORMAT_VERSION) {
            try (RocksStore.Batch batch = store.batch()) {
                batch.putMeta(MetaKeys.FORMAT, MetaKeys.ofInt(FORMAT_VERSION));
                batch.write();
            }
        }
    }

    private void loadEntry(byte[] key, byte[] value, List<TableDefinition> tables, List<TableStream> known) {
        ByteBuffer in = ByteBuffer.wrap(value);
        if (MetaKeys.isTable(key)) {
            tables.add(((CatalogChange) ChangeRecordCodec.decode(value).change()).table());
        } else if (MetaKeys.isStream(key)) {
            known.add(StreamEntryCodec.decode(value));
        } else if (MetaKeys.isStatistics(key)) {
            statistics.put(MetaKeys.number(key), new TableStatistics(in.getLong(0), in.getLong(Long.BYTES)));
        } else if (MetaKeys.isBackfilled(key)) {
            backfilled.put(MetaKeys.number(key), value);
        } else if (MetaKeys.isCommandOffset(key)) {
            commandOffsets.put(MetaKeys.number(key), in.getLong());
        } else if (MetaKeys.isRequestTokenCount(key)) {
            requestTokens.load(MetaKeys.number(key), in.getLong());
        }
    }
}
