package io.tailrace.engine.state;

import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushJobInfo;
import org.rocksdb.FlushOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Logger;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.LoggerFactory;

/**
 * The RocksDB database: one column family for items and index entries, one for everything else. Both are flushed together,
 * atomically, so that the files always hold one moment of the state.
 */
final class RocksStore implements AutoCloseable {
    private static final org.slf4j.Logger log = LoggerFactory.getLogger(RocksStore.class);
    private static final long DATA_MEMTABLE_BYTES = 32L << 20;
    private static final long META_MEMTABLE_BYTES = 16L << 20;
    private static final int MAX_OPEN_FILES = 512;
    private static final int BLOOM_BITS_PER_KEY = 10;
    /** Of a memtable's size, for a filter of its keys: many a write looks for an item that is not there. */
    private static final double MEMTABLE_FILTER_SHARE = 0.05;

    private static final int BACKGROUND_JOBS = 2;
    /** 4 MB is RocksDB's own, taken from the disk by each of them, however little is in it. */
    private static final long MANIFEST_PREALLOCATION_BYTES = 64L << 10;

    private static final byte[] DATA_NAME = "data".getBytes(StandardCharsets.US_ASCII);

    private final AtomicReference<String> damage = new AtomicReference<>();
    private final List<AutoCloseable> nativeObjects;
    private final RocksDB db;
    private final ColumnFamilyHandle meta;
    private final ColumnFamilyHandle data;
    private final WriteOptions writeOptions = new WriteOptions().setDisableWAL(true);
    private final ReadOptions anywhere = new ReadOptions();
    private final ReadOptions memoryOnly = new ReadOptions().setReadTier(ReadTier.BLOCK_CACHE_TIER);
    private final FlushOptions flushOptions = new FlushOptions().setWaitForFlush(true);

    private RocksStore(List<AutoCloseable> nativeObjects, RocksDB db, List<ColumnFamilyHandle> families) {
        this.nativeObjects = nativeObjects;
        this.db = db;
        this.meta = families.get(0);
        this.data = families.get(1);
    }

    /**
     * Opens or creates it.
     *
     * @param beforeFlush called, on a thread of RocksDB's, before anything is written to the files
     * @param shared a cache that others use too; empty for one of its own
     */
    static RocksStore open(Path directory, Runnable beforeFlush, Optional<BlockCache> shared) throws RocksDBException {
        NativeLibrary.load();
        List<AutoCloseable> objects = new ArrayList<>();
        AbstractEventListener listener = keep(objects, new FlushListener(beforeFlush));
        DBOptions options = keep(objects, new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setAtomicFlush(true)
                .setMaxOpenFiles(MAX_OPEN_FILES)
                .setMaxBackgroundJobs(BACKGROUND_JOBS)
                .setManifestPreallocationSize(MANIFEST_PREALLOCATION_BYTES)
                .setKeepLogFileNum(2)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setListeners(List.of(listener));
        List<ColumnFamilyHandle> families = new ArrayList<>();
        try {
            RocksDB db = RocksDB.open(options, directory.toString(), families(objects, shared), families);
            return new RocksStore(objects, db, families);
        } catch (RocksDBException e) {
            closeAll(objects);
            throw e;
        }
    }

    /** Opens what is there for reading; nothing in the directory is changed, not even RocksDB's own log. */
    static RocksStore openReadOnly(Path directory) throws RocksDBException {
        NativeLibrary.load();
        List<AutoCloseable> objects = new ArrayList<>();
        DBOptions options = keep(objects, new DBOptions()).setMaxOpenFiles(MAX_OPEN_FILES);
        options.setLogger(keep(objects, new SilentLogger()));
        List<ColumnFamilyHandle> families = new ArrayList<>();
        try {
            RocksDB db =
                    RocksDB.openReadOnly(options, directory.toString(), families(objects, BlockCache.OWN), families);
            return new RocksStore(objects, db, families);
        } catch (RocksDBException e) {
            closeAll(objects);
            throw e;
        }
    }

    private static List<ColumnFamilyDescriptor> families(List<AutoCloseable> objects, Optional<BlockCache> shared) {
        BlockCache cache = shared.orElseGet(() -> keep(objects, new BlockCache()));
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockCache(cache.cache())
                .setFilterPolicy(keep(objects, new BloomFilter(BLOOM_BITS_PER_KEY)));
        if (!cache.isRoomy()) {
            countIndexes(table);
        }
        return List.of(
                new ColumnFamilyDescriptor(
                        RocksDB.DEFAULT_COLUMN_FAMILY, keep(objects, familyOptions(table, META_MEMTABLE_BYTES))),
                new ColumnFamilyDescriptor(DATA_NAME, keep(objects, familyOptions(table, DATA_MEMTABLE_BYTES))));
    }

    /**
     * Lets the files' indexes and filters be in the cache, and counted with it, instead of outside for as long as their files are open.
     * They are in parts: the cache may be smaller than all of them, and as a whole each would be a megabyte that is read for one item.
     */
    private static void countIndexes(BlockBasedTableConfig table) {
        table.setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setPinTopLevelIndexAndFilter(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
    }

    /** What is thrown for a failure of RocksDB's; damage is noted. */
    StateException failure(String what, RocksDBException cause) {
        if (StateFinding.isDamage(cause) && damage.compareAndSet(null, cause.getMessage())) {
            log.error("The state is damaged: {}", cause.getMessage());
        }
        return new StateException(what + ": " + cause.getMessage(), cause);
    }

    /** The first damage that was met, in RocksDB's words, which name the file; null when there was none. */
    String damage() {
        return damage.get();
    }

    byte[] getMeta(byte[] key) throws RocksDBException {
        return db.get(meta, key);
    }

    byte[] getData(byte[] key, ReadOptions options) throws RocksDBException {
        return db.get(data, options, key);
    }

    /** For reads of what is there now; not to be closed. */
    ReadOptions anywhere() {
        return anywhere;
    }

    /** As {@link #anywhere}; what is not in memory is a RocksDBException with the status Incomplete. */
    ReadOptions memoryOnly() {
        return memoryOnly;
    }

    RocksIterator metaIterator() {
        return db.newIterator(meta);
    }

    RocksIterator dataIterator(ReadOptions options) {
        return db.newIterator(data, options);
    }

    Snapshot snapshot() {
        return db.getSnapshot();
    }

    void release(Snapshot snapshot) {
        db.releaseSnapshot(snapshot);
    }

    Batch batch() {
        return new Batch(0);
    }

    /** @param bytes how much will be put into it, about */
    Batch batch(int bytes) {
        return new Batch(bytes);
    }

    /** Writes everything to the files and forces them. */
    void flush() throws RocksDBException {
        db.flush(flushOptions, List.of(meta, data));
    }

    /** About how much of the files the table and its local indexes take, as the files' own indexes tell; reads no items. */
    long approximateBytes(TableDefinition table) {
        long sum = approximateBytes(StateKeys.idPrefix(table.id()));
        for (IndexDefinition index : table.localSecondaryIndexes()) {
            sum += approximateBytes(StateKeys.idPrefix(index.id()));
        }
        return sum;
    }

    private long approximateBytes(byte[] prefix) {
        try (Slice from = new Slice(prefix);
                Slice to = new Slice(StateKeys.successor(prefix))) {
            return db.getApproximateSizes(
                            data, List.of(new org.rocksdb.Range(from, to)), SizeApproximationFlag.INCLUDE_FILES)[0];
        }
    }

    /** Reads all files and compares their blocks with their checksums. */
    void verifyChecksums() throws RocksDBException {
        db.verifyChecksum();
    }

    /** Makes a copy of what is in the files, which shares their space. */
    void copyTo(Path directory) throws RocksDBException {
        try (Checkpoint checkpoint = Checkpoint.create(db)) {
            checkpoint.createCheckpoint(directory.toString());
        }
    }

    @Override
    public void close() {
        meta.close();
        data.close();
        db.close();
        writeOptions.close();
        anywhere.close();
        memoryOnly.close();
        flushOptions.close();
        closeAll(nativeObjects);
    }

    private static void closeAll(List<AutoCloseable> objects) {
        for (int i = objects.size() - 1; i >= 0; i--) {
            closeNative(objects.get(i));
        }
    }

    private static ColumnFamilyOptions familyOptions(BlockBasedTableConfig table, long memtableBytes) {
        return new ColumnFamilyOptions()
                .setTableFormatConfig(table)
                .setWriteBufferSize(memtableBytes)
                .setMaxWriteBufferNumber(3)
                .setMemtablePrefixBloomSizeRatio(MEMTABLE_FILTER_SHARE)
                .setMemtableWholeKeyFiltering(true)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setLevelCompactionDynamicLevelBytes(true);
    }

    private static <T extends AutoCloseable> T keep(List<AutoCloseable> objects, T object) {
        objects.add(object);
        return object;
    }

    private static void closeNative(AutoCloseable object) {
        try {
            object.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing " + object, e);
        }
    }

    /** Writes that take effect together. */
    final class Batch implements AutoCloseable {
        private final WriteBatch batch;

        private Batch(int bytes) {
            batch = new WriteBatch(bytes);
        }

        void putMeta(byte[] key, byte[] value) throws RocksDBException {
            batch.put(meta, key, value);
        }

        void deleteMeta(byte[] key) throws RocksDBException {
            batch.delete(meta, key);
        }

        void deleteMetaRange(byte[] fromInclusive, byte[] toExclusive) throws RocksDBException {
            batch.deleteRange(meta, fromInclusive, toExclusive);
        }

        void putData(byte[] key, byte[] value) throws RocksDBException {
            batch.put(data, key, value);
        }

        void deleteData(byte[] key) throws RocksDBException {
            batch.delete(data, key);
        }

        void deleteDataRange(byte[] fromInclusive, byte[] toExclusive) throws RocksDBException {
            batch.deleteRange(data, fromInclusive, toExclusive);
        }

        void write() throws RocksDBException {
            db.write(writeOptions, batch);
        }

        @Override
        public void close() {
            batch.close();
        }
    }

    /** Options for reading a range, with the native memory of its bounds. */
    static final class Range implements AutoCloseable {
        private final Slice lower;
        private final Slice upper;
        private final ReadOptions options;

        Range(byte[] fromInclusive, byte[] toExclusive, Snapshot snapshot) {
            lower = new Slice(fromInclusive);
            upper = new Slice(toExclusive);
            options = new ReadOptions().setIterateLowerBound(lower).setIterateUpperBound(upper);
            if (snapshot != null) {
                options.setSnapshot(snapshot);
            }
        }

        ReadOptions options() {
            return options;
        }

        @Override
        public void close() {
            options.close();
            lower.close();
            upper.close();
        }
    }

    /** Without one RocksDB writes a file for its log into the directory. */
    private static final class SilentLogger extends Logger {
        SilentLogger() {
            super(InfoLogLevel.FATAL_LEVEL);
        }

        @Override
        protected void log(InfoLogLevel level, String message) {
            // What is wrong comes as an exception.
        }
    }

    private static final class FlushListener extends AbstractEventListener {
        private final Runnable beforeFlush;

        FlushListener(Runnable beforeFlush) {
            super(EnabledEventCallback.ON_FLUSH_BEGIN);
            this.beforeFlush = beforeFlush;
        }

        @Override
        public void onFlushBegin(RocksDB db, FlushJobInfo info) {
            beforeFlush.run();
        }
    }
}
