package io.tailrace.processors.gsi;

import io.tailrace.processors.runtime.LivePartitions;
import io.tailrace.schemas.key.StateKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Writes one partition of the index store.
 *
 * <p><b>Why at-least-once converges.</b> An index key ends with the table's key, so all updates of one entry come from
 * changes of one item, hence from one partition of the mutations topic, in the order of their commits. A restart replays a
 * suffix of that partition, or of the repartition topic, in order: for each entry the last update of the suffix is also its
 * last update overall, so the final state is the same.
 *
 * <p><b>Why the sequence numbers all the same.</b> On the way there a replay would show old entries again, and a task that
 * lost its partition may still have updates in its producer's buffer, which then arrive behind those of its successor and
 * are not repeated. So no update is applied to an entry that has the same or a later sequence number, and a deleted entry
 * leaves a tombstone with its number for longer than a producer keeps trying.
 *
 * <p>An index that was dropped is removed step by step. Every partition of the table tells of the drop behind its last update
 * of the index, and each time all entries that are there by then go.
 *
 * <p>Tombstones are removed by going round the store a little at a time, only while there are any.
 */
final class IndexStoreProcessor implements Processor<Bytes, byte[], Void, Void> {
    /** Five times a producer's delivery timeout. */
    static final Duration TOMBSTONE_RETENTION = Duration.ofMinutes(10);

    static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);
    static final int SWEEP_RECORDS = 5_000;

    /** Between two steps of the removal of an index that was dropped. */
    static final Duration DROP_INTERVAL = Duration.ofMillis(100);
    /** Small enough that live updates do not wait for it. */
    static final int DROP_RECORDS = 2_000;

    private final LivePartitions<IndexStatistics> live;
    private final IndexProgress progress;
    private final LongAdder stale;
    private ProcessorContext<Void, Void> context;
    private KeyValueStore<Bytes, byte[]> entries;
    private IndexStatistics statistics;
    private IndexProgress.Target target;
    /** The indexes that are being removed, each with the key where that goes on. */
    private final Map<Integer, Bytes> dropped = new TreeMap<>();

    private Bytes sweptUpTo;
    private long epoch;

    /** @param stale counts updates that were not applied because the entry is already as new */
    IndexStoreProcessor(LivePartitions<IndexStatistics> live, IndexProgress progress, LongAdder stale) {
        this.live = live;
        this.progress = progress;
        this.stale = stale;
    }

    @Override
    public void init(ProcessorContext<Void, Void> processorContext) {
        context = processorContext;
        entries = processorContext.getStateStore(GsiTopology.INDEX_ENTRIES);
        statistics = new IndexStatistics();
        sweptUpTo = null;
        dropped.clear();
        try (KeyValueIterator<Bytes, byte[]> all = entries.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> one = all.next();
                if (IndexRecord.isDrop(one.key)) {
                    dropped.put(StateKeys.id(one.key.get()), one.key);
                } else {
                    statistics.replaced(StateKeys.id(one.key.get()), null, one.value);
                }
            }
        }
        processorContext.schedule(SWEEP_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::sweep);
        processorContext.schedule(DROP_INTERVAL, PunctuationType.WALL_CLOCK_TIME, now -> removeDropped());
        epoch = live.open(processorContext.taskId().partition(), statistics);
        target = progress.openTarget(processorContext.taskId().partition());
    }

    @Override
    public void process(Record<Bytes, byte[]> record) {
        if (IndexRecord.isDrop(record.key())) {
            drop(record.key(), record.value());
        } else {
            update(record.key(), record.value());
        }
        target.applied(record.headers(), context.recordMetadata().orElseThrow().offset());
    }

    @Override
    public void close() {
        live.close(context.taskId().partition(), epoch);
        progress.closeTarget(context.taskId().partition(), target);
    }

    private void update(Bytes key, byte[] update) {
        byte[] existing = entries.get(key);
        long sequence = IndexRecord.sequence(update);
        if (existing != null && IndexRecord.sequence(existing) >= sequence) {
            stale.increment();
            return;
        }
        byte[] stored = IndexRecord.isTombstone(update)
                ? IndexRecord.tombstone(sequence, context.currentSystemTimeMs())
                : update;
        entries.put(key, stored);
        statistics.replaced(StateKeys.id(key.get()), existing, stored);
    }

    /** The index's id alone, as a key before all of its entries, says that they are to go until they are gone. */
    private void drop(Bytes key, byte[] tombstone) {
        int indexId = StateKeys.id(key.get());
        if (!dropped.containsKey(indexId)) {
            entries.put(key, tombstone);
        }
        dropped.put(indexId, key);
        removeDropped();
    }

    /** One step: the entries of one index that are next. */
    private void removeDropped() {
        if (dropped.isEmpty()) {
            return;
        }
        int indexId = dropped.keySet().iterator().next();
        Bytes mark = IndexRecord.dropKey(indexId);
        Bytes from = dropped.get(indexId);
        Bytes to = Bytes.wrap(StateKeys.successor(mark.get()));
        List<Bytes> removed = new ArrayList<>();
        boolean more = false;
        try (KeyValueIterator<Bytes, byte[]> rest = entries.range(from, to)) {
            while (rest.hasNext() && !more) {
                KeyValue<Bytes, byte[]> one = rest.next();
                // The range's end is inclusive and may be the first key of the next index.
                if (StateKeys.id(one.key.get()) == indexId && !one.key.equals(mark)) {
                    more = removed.size() == DROP_RECORDS;
                    if (!more) {
                        statistics.replaced(indexId, one.value, null);
                        removed.add(one.key);
                    }
                }
            }
        }
        removed.forEach(entries::delete);
        if (more) {
            dropped.put(indexId, removed.get(removed.size() - 1));
        } else if (!from.equals(mark)) {
            // Once more from the beginning, for what other partitions of the table sent meanwhile.
            dropped.put(indexId, mark);
        } else {
            dropped.remove(indexId);
            entries.delete(mark);
            statistics.dropped(indexId);
        }
    }

    private void sweep(long nowMillis) {
        if (!statistics.hasTombstones()) {
            return;
        }
        long oldestKept = nowMillis - TOMBSTONE_RETENTION.toMillis();
        int looked = 0;
        try (KeyValueIterator<Bytes, byte[]> rest =
                sweptUpTo == null ? entries.all() : entries.range(sweptUpTo, null)) {
            while (rest.hasNext() && looked < SWEEP_RECORDS) {
                KeyValue<Bytes, byte[]> one = rest.next();
                looked++;
                sweptUpTo = one.key;
                if (!IndexRecord.isDrop(one.key)
                        && IndexRecord.isTombstone(one.value)
                        && IndexRecord.deletedAtMillis(one.value) < oldestKept) {
                    entries.delete(one.key);
                    statistics.replaced(StateKeys.id(one.key.get()), one.value, null);
                }
            }
            if (!rest.hasNext()) {
                sweptUpTo = null;
            }
        }
    }
}
