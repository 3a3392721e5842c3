package io.tailrace.engine.state;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;

/** The blocks of the state's files that were read last. Several engines can share one, so that they have one bound together. */
public final class BlockCache implements AutoCloseable {
    /** Each engine has one of its own. */
    public static final Optional<BlockCache> OWN = Optional.empty();

    private static final long LEAST_BYTES = 64L << 20;
    private static final long MOST_BYTES = 2L << 30;
    private static final int PART_OF_MEMORY = 8;
    /** From here on indexes and filters need not be counted: they are about a hundredth of what is in the files. */
    private static final long ROOMY_BYTES = 256L << 20;
    /** Sixteen parts, each with a lock of its own. In RocksDB's 64 a part would have no room for a few large blocks. */
    private static final int SHARD_BITS = 4;

    /** What reads of blocks with items do not push out: without it such a block costs several reads. */
    private static final double SHARE_OF_INDEXES_AND_FILTERS = 0.5;

    private final Cache cache;
    private final boolean roomy;

    /** With the {@link #defaultBytes}. */
    public BlockCache() {
        this(defaultBytes());
    }

    /** @param bytes the most that it takes; nothing is taken before it is needed */
    public BlockCache(long bytes) {
        NativeLibrary.load();
        roomy = bytes >= ROOMY_BYTES;
        cache = new LRUCache(bytes, SHARD_BITS, false, SHARE_OF_INDEXES_AND_FILTERS);
    }

    /** An eighth of the memory that this machine or container has, from 64 MB to 2 GB. */
    public static long defaultBytes() {
        long memory = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : LEAST_BYTES;
        return Math.max(LEAST_BYTES, Math.min(MOST_BYTES, memory / PART_OF_MEMORY));
    }

    /** Whether there is so much memory that the files' indexes and filters may be in it besides the cache. */
    boolean isRoomy() {
        return roomy;
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
