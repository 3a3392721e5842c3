package io.tailrace.engine.state;

import java.util.Optional;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;

/** The blocks of the state's files that were read last. Several engines can share one, so that they have one bound together. */
public final class BlockCache implements AutoCloseable {
    /** Each engine has one of its own. */
    public static final Optional<BlockCache> OWN = Optional.empty();

    private static final long SIZE_BYTES = 64L << 20;

    private final Cache cache;

    public BlockCache() {
        NativeLibrary.load();
        cache = new LRUCache(SIZE_BYTES);
    }

    Cache cache() {
        return cache;
    }

    /** The engines that share it are closed before. */
    @Override
    public void close() {
        cache.close();
    }
}
