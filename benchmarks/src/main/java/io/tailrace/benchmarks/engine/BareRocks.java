package io.tailrace.benchmarks.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteOptions;

/** RocksDB as somebody would use it who needs keys and values only: with its own log, a block cache and a bloom filter. */
final class BareRocks implements AutoCloseable {
    private static final long CACHE_BYTES = 64L << 20;
    private static final double FILTER_BITS = 10;

    private final LRUCache cache;
    private final BloomFilter filter;
    private final Options options;
    private final WriteOptions writeOptions = new WriteOptions();
    private final RocksDB db;

    static {
        RocksDB.loadLibrary();
    }

    BareRocks(Path directory) throws IOException, RocksDBException {
        cache = new LRUCache(CACHE_BYTES);
        filter = new BloomFilter(FILTER_BITS);
        options = new Options()
                .setCreateIfMissing(true)
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
        db = RocksDB.open(options, Files.createDirectories(directory).toString());
    }

    void put(byte[] key, byte[] value) throws RocksDBException {
        db.put(writeOptions, key, value);
    }

    byte[] get(byte[] key) throws RocksDBException {
        return db.get(key);
    }

    /** Reads this many entries from the key on, not beyond the end, and returns how many bytes the values have. */
    long scan(byte[] from, byte[] end, int count) {
        long bytes = 0;
        try (Slice bound = new Slice(end);
                ReadOptions read = new ReadOptions().setIterateUpperBound(bound);
                RocksIterator entries = db.newIterator(read)) {
            entries.seek(from);
            for (int i = 0; i < count && entries.isValid(); i++, entries.next()) {
                bytes += entries.key().length + entries.value().length;
            }
        }
        return bytes;
    }

    @Override
    public void close() {
        db.close();
        writeOptions.close();
        options.close();
        filter.close();
        cache.close();
    }
}
