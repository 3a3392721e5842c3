package io.tailrace.processors.gsi;

import io.tailrace.processors.runtime.PoisonRecordException;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.TableDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
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
final class IndexMaintenanceProcessor implements Processor<byte[], ChangeRecord, Bytes, byte[]> {
    private final LongAdder unknownTables;
    private final Map<Integer, TableDefinition> tables = new HashMap<>();
    private ProcessorContext<Bytes, byte[]> context;
    private KeyValueStore<Integer, ChangeRecord> definitions;

    IndexMaintenanceProcessor(LongAdder unknownTables) {
        this.unknownTables = unknownTables;
    }

    @Override
    public void init(ProcessorContext<Bytes, byte[]> processorContext) {
        context = processorContext;
        definitions = processorContext.getStateStore(GsiTopology.TABLE_DEFINITIONS);
        tables.clear();
        try (KeyValueIterator<Integer, ChangeRecord> stored = definitions.all()) {
            while (stored.hasNext()) {
                KeyValue<Integer, ChangeRecord> one = stored.next();
                tables.put(one.key, ((CatalogChange) one.value.change()).table());
            }
        }
    }

    @Override
    public void process(Record<byte[], ChangeRecord> record) {
        ChangeRecord mutation = record.value();
        if (mutation == null) {
            throw new PoisonRecordException("a mutation without a value");
        }
        if (mutation.change() instanceof CatalogChange catalog) {
            changeTable(mutation, catalog, record.timestamp());
        } else {
            changeItem(mutation, (ItemChange) mutation.change(), record.timestamp());
        }
    }

    private void changeTable(ChangeRecord mutation, CatalogChange catalog, long timestamp) {
        TableDefinition before = tables.get(catalog.tableId());
        if (catalog.action() == CatalogChange.Action.DELETE_TABLE) {
            tables.remove(catalog.tableId());
            definitions.delete(catalog.tableId());
            dropIndexes(catalog.table(), Optional.empty(), mutation, timestamp);
            return;
        }
        tables.put(catalog.tableId(), catalog.table());
        definitions.put(catalog.tableId(), mutation);
        if (before != null) {
            dropIndexes(before, Optional.of(catalog.table()), mutation, timestamp);
        }
    }

    /**
     * Every partition of the index hears of the drop from every partition of the table: the last one to tell comes after the
     * last entry.
     */
    private void dropIndexes(
            TableDefinition before, Optional<TableDefinition> after, ChangeRecord mutation, long timestamp) {
        for (IndexDefinition index : before.maintainedGlobalIndexes()) {
            boolean kept = after.isPresent()
                    && after.get().maintainedGlobalIndexes().stream().anyMatch(other -> other.id() == index.id());
            if (!kept) {
                context.forward(new Record<>(
                        IndexRecord.dropKey(index.id()),
                        IndexRecord.tombstone(mutation.sequenceNumber(), 0),
                        timestamp));
            }
        }
    }

    private void changeItem(ChangeRecord mutation, ItemChange change, long timestamp) {
        TableDefinition table = tables.get(change.tableId());
        if (table == null) {
            unknownTables.increment();
            return;
        }
        for (IndexDefinition index : table.maintainedGlobalIndexes()) {
            List<IndexUpdate> updates = isBackfillOf(index, change)
                    ? IndexMaintenance.backfill(table, index, change.newImage(), mutation.sequenceNumber())
                    : IndexMaintenance.update(
                            table, index, change.oldImage(), change.newImage(), mutation.sequenceNumber());
            for (IndexUpdate update : updates) {
                context.forward(new Record<>(Bytes.wrap(update.key()), IndexRecord.of(update), timestamp));
            }
        }
    }

    /**
     * Whether the index learns of the item by this change. An active one knows it: it became active after it had applied all
     * of its backfill, so a replay cannot come here too late.
     */
    private static boolean isBackfillOf(IndexDefinition index, ItemChange change) {
        return (index.status() == IndexStatus.BACKFILLING || index.status() == IndexStatus.CATCHING_UP)
                && change.isBackfill();
    }
}
