package io.tailrace.processors.runtime;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;

/** All stores of a client share one {@link RocksDbMemory}. Made by Kafka Streams. */
public final class RocksDbSettings implements RocksDBConfigSetter {
    private static final long WRITE_BUFFER_BYTES = 4L << 20;
    private static final int WRITE_BUFFERS = 3;
    /** Of a write buffer: most keys that are looked up are not there yet. */
    private static final double MEMTABLE_FILTER_SHARE = 0.02;

    private static final int KEPT_LOG_FILES = 2;
    /** 4 MB is RocksDB's own, taken from the disk by each store of each partition, however little is in it. */
    private static final long MANIFEST_PREALLOCATION_BYTES = 64L << 10;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> settings) {
        RocksDbMemory memory = RocksDbMemory.in(settings);
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(memory.cache());
        // Otherwise indexes and filters are outside the bound.
        table.setCacheIndexAndFilterBlocks(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.writeBuffers());
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(WRITE_BUFFERS);
        // Kafka Streams leaves the filters of the last level out, where almost all keys are: for each new key a
        // block of it would have to be read to see that the key is not there.
        options.setOptimizeFiltersForHits(false);
        options.setMemtablePrefixBloomSizeRatio(MEMTABLE_FILTER_SHARE);
        options.setMemtableWholeKeyFiltering(true);
        options.setCompressionType(CompressionType.LZ4_COMPRESSION);
        options.setInfoLogLevel(InfoLogLevel.WARN_LEVEL);
        options.setKeepLogFileNum(KEPT_LOG_FILES);
        options.setManifestPreallocationSize(MANIFEST_PREALLOCATION_BYTES);
    }

    @Override
    public void close(String storeName, Options options) {
        // The memory belongs to the client, which closes it.
    }
}
