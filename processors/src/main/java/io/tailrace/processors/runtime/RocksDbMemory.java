package io.tailrace.processors.runtime;

import java.util.Map;
import java.util.Objects;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One bound on the memory of all stores of a client: blocks that were read and writes that are not on disk yet. Without it
 * every store of every partition has its own 50 MB of blocks and 48 MB of writes.
 */
public final class RocksDbMemory implements AutoCloseable {
    /** The setting that holds this object for {@link RocksDbSettings}, which Kafka Streams makes itself. */
    static final String SETTING = "tailrace.rocksdb.memory";

    private final Cache cache;
    private final WriteBufferManager writeBuffers;

    public RocksDbMemory(long totalBytes) {
        RocksDB.loadLibrary();
        cache = new LRUCache(totalBytes);
        writeBuffers = new WriteBufferManager(totalBytes / 2, cache);
    }

    static RocksDbMemory in(Map<String, Object> settings) {
        return (RocksDbMemory) Objects.requireNonNull(settings.get(SETTING), SETTING);
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager writeBuffers() {
        return writeBuffers;
    }

    /** Only after the client that uses it is closed. */
    @Override
    public void close() {
        writeBuffers.close();
        cache.close();
    }
}
