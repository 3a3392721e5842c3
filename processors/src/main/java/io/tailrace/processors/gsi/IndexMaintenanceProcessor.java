package io.tailrace.processors.gsi;

import io.tailrace.processors.runtime.PoisonRecordException;
import io.tailrace.schemas.codec.ChangeSlices;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.TableDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Turns mutations into index updates. Keeps the tables as its own partition of the topic has told of them, so that its view
 * is exactly as old as the record it is at.
 *
 * <p>A change of a table that is not known is a replayed one of a table deleted since (ids are never reused): nothing is to
 * be done.
 */
final class IndexMaintenanceProcessor implements Processor<byte[], ChangeSlices, Bytes, byte[]> {
    private final LongAdder unknownTables;
    private final Map<Integer, MaintainedTable> tables = new HashMap<>();
    private final IndexProgress progress;
    private final IndexPartitioner partitioner;
    private ProcessorContext<Bytes, byte[]> context;
    private IndexProgress.Source source;
    private long offset;
    private KeyValueStore<Integer, ChangeRecord> definitions;

    /** @param partitions of the index */
    IndexMaintenanceProcessor(LongAdder unknownTables, IndexProgress progress, int partitions) {
        this.unknownTables = unknownTables;
        this.progress = progress;
        this.partitioner = new IndexPartitioner(partitions);
    }

    @Override
    public void init(ProcessorContext<Bytes, byte[]> processorContext) {
        context = processorContext;
        definitions = processorContext.getStateStore(GsiTopology.TABLE_DEFINITIONS);
        tables.clear();
        try (KeyValueIterator<Integer, ChangeRecord> stored = definitions.all()) {
            while (stored.hasNext()) {
                KeyValue<Integer, ChangeRecord> one = stored.next();
                TableDefinition table = ((CatalogChange) one.value.change()).table();
                tables.put(one.key, new MaintainedTable(one.value.sequenceNumber(), table));
            }
        }
        source = progress.openSource(processorContext.taskId().partition());
    }

    @Override
    public void process(Record<byte[], ChangeSlices> record) {
        ChangeSlices mutation = record.value();
        if (mutation == null) {
            throw new PoisonRecordException("a mutation without a value");
        }
        offset = context.recordMetadata().orElseThrow().offset();
        if (mutation.isCatalogChange()) {
            changeTable(mutation, mutation.catalogChange(), record.timestamp());
        } else {
            changeItem(mutation, record.timestamp());
        }
        source.processed(offset);
    }

    @Override
    public void close() {
        progress.closeSource(source);
    }

    /**
     * A change that is older than what is known of the table comes from a replay. It is not gone back to: what the newer
     * definition makes of the records in between was or will be told, and a drop of indexes that came since could not be
     * taken back.
     */
    private void changeTable(ChangeSlices mutation, CatalogChange catalog, long timestamp) {
        TableDefinition table = catalog.table();
        if (catalog.action() == CatalogChange.Action.DELETE_TABLE) {
            tables.remove(table.id());
            definitions.delete(table.id());
            table.globalSecondaryIndexes().forEach(index -> drop(index, mutation, timestamp));
            return;
        }
        MaintainedTable before = tables.get(table.id());
        if (before != null && before.sequence() > mutation.sequenceNumber()) {
            return;
        }
        tables.put(table.id(), new MaintainedTable(mutation.sequenceNumber(), table));
        definitions.put(table.id(), mutation.catalogRecord());
        for (IndexDefinition index : table.globalSecondaryIndexes()) {
            if (index.status() == IndexStatus.DELETING) {
                drop(index, mutation, timestamp);
            }
        }
        if (before != null) {
            before.definition().globalSecondaryIndexes().stream()
                    .filter(index -> table.globalSecondaryIndexes().stream().noneMatch(kept -> kept.id() == index.id()))
                    .forEach(index -> drop(index, mutation, timestamp));
        }
    }

    /**
     * Every partition of the index hears of the drop from every partition of the table: the last one to tell comes after the
     * last entry. With each change of the table while the index is being deleted it is told again, because after a crash it
     * is not known whether it was.
     */
    private void drop(IndexDefinition index, ChangeSlices mutation, long timestamp) {
        forward(IndexRecord.dropKey(index.id()), IndexRecord.tombstone(mutation.sequenceNumber(), 0), timestamp);
    }

    private void changeItem(ChangeSlices mutation, long timestamp) {
        MaintainedTable table = tables.get(mutation.itemChange().tableId());
        if (table == null) {
            unknownTables.increment();
            return;
        }
        for (IndexUpdate update : table.updates(mutation.itemChange(), mutation.sequenceNumber())) {
            forward(Bytes.wrap(update.key()), IndexRecord.of(update), timestamp);
        }
    }

    private void forward(Bytes key, byte[] value, long timestamp) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(IndexProgress.SOURCE_HEADER, source.sending(partitioner.of(key), offset));
        context.forward(new Record<>(key, value, timestamp, headers));
    }
}
