package io.tailrace.processors.gsi;

import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.ProcessorNotReadyException;
import io.tailrace.processors.instances.Elsewhere;
import io.tailrace.processors.instances.Instances;
import io.tailrace.processors.runtime.KeyRange;
import io.tailrace.processors.runtime.LivePartitions;
import io.tailrace.processors.runtime.MergedIterator;
import io.tailrace.processors.runtime.RangeReader;
import io.tailrace.processors.runtime.StoreRangeReader;
import io.tailrace.schemas.key.PartitionHash;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Item;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * Reads indexes. Safe for use by many threads.
 *
 * <p>A read sees all partitions or none: while a partition is assigned or restored it waits, and when that takes too long it
 * fails with {@link IndexNotReadyException}. Partitions that other instances have are read there.
 */
public final class GsiQueries {
    private static final int HASH_END = 8;
    private static final String SIZES = "/index-sizes";

    private final RangeReader entries;
    private final LivePartitions<IndexStatistics> live;
    private final Optional<Elsewhere> sizesElsewhere;
    private final int partitions;

    /** Reads what is here. */
    GsiQueries(RangeReader entries, LivePartitions<IndexStatistics> live, int partitions) {
        this(entries, live, Optional.empty(), partitions);
    }

    private GsiQueries(
            RangeReader entries,
            LivePartitions<IndexStatistics> live,
            Optional<Elsewhere> sizesElsewhere,
            int partitions) {
        this.entries = entries;
        this.live = live;
        this.sizesElsewhere = sizesElsewhere;
        this.partitions = partitions;
    }

    /** Reads what all instances together have, and answers for what is here. */
    static GsiQueries shared(
            Supplier<Optional<KafkaStreams>> client,
            GsiTopology.Shared shared,
            ProcessorConfig config,
            Instances instances,
            Duration maxQueryWait) {
        String group = config.applicationId(GsiTopology.NAME);
        String topic = GsiTopology.updatesTopic(config);
        GsiQueries queries = new GsiQueries(
                new StoreRangeReader(
                        client, GsiTopology.INDEX_ENTRIES, shared.live(), instances, group, topic, maxQueryWait),
                shared.live(),
                Optional.of(instances.elsewhere(group + SIZES, group, topic, maxQueryWait)),
                config.partitions());
        instances.answer(group + SIZES, queries::sizeHere);
        return queries;
    }

    /**
     * One entry of an index.
     *
     * @param key as {@link StateKeys#indexKey} made it
     * @param sizeBytes of the projected item, by DynamoDB's rules
     */
    public record IndexEntry(byte[] key, Item item, int sizeBytes) {
        public IndexEntry {
            Objects.requireNonNull(key);
            Objects.requireNonNull(item);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof IndexEntry that
                    && Arrays.equals(key, that.key)
                    && item.equals(that.item)
                    && sizeBytes == that.sizeBytes;
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(key);
        }
    }

    /**
     * Entries in key order, or the reverse.
     *
     * @param more whether there are further entries in the range that was asked for
     */
    public record IndexPage(List<IndexEntry> entries, boolean more) {
        public IndexPage {
            entries = List.copyOf(entries);
        }
    }

    /** The number of entries of an index and the sum of their sizes. */
    public record IndexSize(long entries, long sizeBytes) {}

    /**
     * Reads a range of an index.
     *
     * @param fromInclusive a key or the beginning of keys of this index
     * @param toExclusive likewise, or the successor of the index's id
     * @param forward false to begin at the end of the range
     * @param maxEntries the page has at most so many
     * @param maxBytes the page ends with the entry that reaches this sum of item sizes
     * @throws IndexNotReadyException when the index could not be read in time
     */
    public IndexPage read(
            int indexId, byte[] fromInclusive, byte[] toExclusive, boolean forward, int maxEntries, long maxBytes) {
        if (maxEntries < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("a page of " + maxEntries + " entries and " + maxBytes + " bytes");
        }
        byte[] first = StateKeys.idPrefix(indexId);
        byte[] end = StateKeys.successor(first);
        byte[] from = Arrays.compareUnsigned(fromInclusive, first) < 0 ? first : fromInclusive;
        byte[] to = Arrays.compareUnsigned(toExclusive, end) > 0 ? end : toExclusive;
        KeyRange range = new KeyRange(
                from, to, forward, partitionOf(indexId, from, 0), partitionOf(indexId, to, partitions - 1));
        try {
            return entries.read(range, parts -> page(parts, forward, maxEntries, maxBytes));
        } catch (ProcessorNotReadyException notReady) {
            throw notReady(indexId, notReady);
        }
    }

    /** How many entries the index has. */
    public long entryCount(int indexId) {
        return size(indexId).entries();
    }

    /** @throws IndexNotReadyException when not all partitions are somewhere and restored; does not wait for them */
    public IndexSize size(int indexId) {
        byte[] question = StateKeys.idPrefix(indexId);
        long count = 0;
        long sizeBytes = 0;
        for (int partition = 0; partition < partitions; partition++) {
            int each = partition;
            ByteBuffer part = sizeHere(partition, question)
                    .or(() -> sizesElsewhere.flatMap(others -> others.ask(each, question)))
                    .map(ByteBuffer::wrap)
                    .orElseThrow(() -> notReady(indexId, null));
            count += part.getLong();
            sizeBytes += part.getLong();
        }
        return new IndexSize(count, sizeBytes);
    }

    /** The number of entries (8 bytes) and their sizes (8 bytes); the question is the index's id. */
    private Optional<byte[]> sizeHere(int partition, byte[] question) {
        if (question.length != Integer.BYTES) {
            throw new IllegalArgumentException("an index id of " + question.length + " bytes");
        }
        return live.of(partition).map(statistics -> {
            IndexStatistics.Count count = statistics.view().of(StateKeys.id(question));
            return ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(count.entries())
                    .putLong(count.sizeBytes())
                    .array();
        });
    }

    /** A partition is a range of hashes, and the hash follows the id in each key. */
    private int partitionOf(int indexId, byte[] bound, int whenUnbounded) {
        boolean hasHash = bound.length >= HASH_END && StateKeys.id(bound) == indexId;
        return hasHash ? PartitionHash.partition(StateKeys.hash(bound), partitions) : whenUnbounded;
    }

    private static IndexPage page(
            List<KeyValueIterator<Bytes, byte[]>> parts, boolean forward, int maxEntries, long maxBytes) {
        MergedIterator merged = new MergedIterator(parts, forward);
        List<IndexEntry> page = new ArrayList<>();
        long sizeBytes = 0;
        while (merged.hasNext()) {
            KeyValue<Bytes, byte[]> next = merged.next();
            if (IndexRecord.isTombstone(next.value)) {
                continue;
            }
            if (page.size() == maxEntries || sizeBytes >= maxBytes) {
                return new IndexPage(page, true);
            }
            int entryBytes = IndexRecord.itemSizeBytes(next.value);
            page.add(new IndexEntry(next.key.get(), IndexRecord.item(next.value), entryBytes));
            sizeBytes += entryBytes;
        }
        return new IndexPage(page, false);
    }

    private static IndexNotReadyException notReady(int indexId, Throwable cause) {
        return new IndexNotReadyException("the index " + indexId + " cannot be read now", cause);
    }
}
