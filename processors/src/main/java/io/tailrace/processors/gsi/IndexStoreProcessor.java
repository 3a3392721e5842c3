package io.tailrace.processors.gsi;

import io.tailrace.processors.runtime.LivePartitions;
import io.tailrace.schemas.key.StateKeys;
import java.time.Duration;
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
 * <p>Tombstones are removed by going round the store a little at a time, only while there are any.
 */
final class IndexStoreProcessor implements Processor<Bytes, byte[], Void, Void> {
    /** Five times a producer's delivery timeout. */
    static final Duration TOMBSTONE_RETENTION = Duration.ofMinutes(10);

    static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);
    static final int SWEEP_RECORDS = 5_000;

    private final LivePartitions<IndexStatistics> live;
    private final LongAdder stale;
    private ProcessorContext<Void, Void> context;
    private KeyValueStore<Bytes, byte[]> entries;
    private IndexStatistics statistics;
    private Bytes sweptUpTo;
    private long epoch;

    /** @param stale counts updates that were not applied because the entry is already as new */
    IndexStoreProcessor(LivePartitions<IndexStatistics> live, LongAdder stale) {
        this.live = live;
        this.stale = stale;
    }

    @Override
    public void init(ProcessorContext<Void, Void> processorContext) {
        context = processorContext;
        entries = processorContext.getStateStore(GsiTopology.INDEX_ENTRIES);
        statistics = new IndexStatistics();
        sweptUpTo = null;
        try (KeyValueIterator<Bytes, byte[]> all = entries.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> one = all.next();
                statistics.replaced(StateKeys.id(one.key.get()), null, one.value);
            }
        }
        processorContext.schedule(SWEEP_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::sweep);
        epoch = live.open(processorContext.taskId().partition(), statistics);
    }

    @Override
    public void process(Record<Bytes, byte[]> record) {
        Bytes key = record.key();
        if (IndexRecord.isDrop(key)) {
            drop(StateKeys.id(key.get()));
            return;
        }
        byte[] update = record.value();
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

    @Override
    public void close() {
        live.close(context.taskId().partition(), epoch);
    }

    private void drop(int indexId) {
        Bytes from = IndexRecord.dropKey(indexId);
        Bytes to = Bytes.wrap(StateKeys.successor(from.get()));
        try (KeyValueIterator<Bytes, byte[]> all = entries.range(from, to)) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> one = all.next();
                // The range's end is inclusive and may be the first key of the next index.
                if (StateKeys.id(one.key.get()) == indexId) {
                    entries.delete(one.key);
                    statistics.replaced(indexId, one.value, null);
                }
            }
        }
        statistics.dropped(indexId);
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
                if (IndexRecord.isTombstone(one.value) && IndexRecord.deletedAtMillis(one.value) < oldestKept) {
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
