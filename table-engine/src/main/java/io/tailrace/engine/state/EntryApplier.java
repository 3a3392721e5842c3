package io.tailrace.engine.state;

import io.tailrace.engine.catalog.BackfillTurn;
import io.tailrace.engine.catalog.Catalog;
import io.tailrace.engine.catalog.StreamBoundary;
import io.tailrace.engine.catalog.StreamHistory;
import io.tailrace.engine.catalog.StreamTimes;
import io.tailrace.engine.catalog.TableStream;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalMutation;
import io.tailrace.engine.read.TableStatistics;
import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.codec.ChangeSlices;
import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.codec.TableDefinitionCodec;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.RocksDBException;

/** Turns commits into one batch of the state: all that they need to know is in them, the catalog and the statistics. */
final class EntryApplier {
    private static final long MOST_RESERVED_BYTES = 16L << 20;

    private final RocksStore.Batch batch;
    private final Map<Integer, TableStatistics> statisticsBefore;
    /** Null where the table is gone. */
    private final Map<Integer, TableStatistics> changedStatistics = new HashMap<>();

    private final ItemCollections collections;
    /** By table id: how far the backfill under way is; null where none is any more. */
    private final Map<Integer, byte[]> changedBackfills = new HashMap<>();

    private final StreamTimes streamTimes;
    private final ItemVersions versions;

    private Catalog catalog;
    private StreamHistory streams;

    /** @param streamTimes for how long at least streams and shards are kept after their end */
    EntryApplier(
            RocksStore.Batch batch,
            Catalog catalog,
            StreamHistory streams,
            StreamTimes streamTimes,
            Map<Integer, TableStatistics> statistics,
            ItemCollections collections) {
        this.batch = batch;
        this.collections = collections;
        this.catalog = catalog;
        this.streams = streams;
        this.streamTimes = streamTimes;
        this.versions = new ItemVersions(streamTimes.deletedVersions());
        this.statisticsBefore = statistics;
    }

    /** About how much these entries put into a batch. */
    static int bytes(List<JournalEntry> entries) {
        long bytes = 0;
        for (JournalEntry entry : entries) {
            for (JournalMutation mutation : entry.mutations()) {
                bytes += mutation.stateKey().length + mutation.changeRecord().remaining();
            }
        }
        return (int) Math.min(MOST_RESERVED_BYTES, bytes);
    }

    void apply(JournalEntry entry) throws RocksDBException {
        for (int index = 0; index < entry.mutations().size(); index++) {
            JournalMutation mutation = entry.mutations().get(index);
            if (mutation.catalog()) {
                applyCatalogChange(
                        mutation,
                        new StreamBoundary(new SequenceNumbers.Position(entry.sequence(), index), entry.commitTime()));
            } else {
                applyItemChange(mutation, entry.commitTime());
            }
        }
    }

    /** Goes before {@link #apply} of the same entry. */
    void beginCommit(Instant before, Instant now) throws RocksDBException {
        versions.expire(batch, before, now);
    }

    /** Adds what is written once per batch. */
    void finish() throws RocksDBException {
        for (Map.Entry<Integer, TableStatistics> changed : changedStatistics.entrySet()) {
            byte[] key = MetaKeys.statistics(changed.getKey());
            TableStatistics value = changed.getValue();
            if (value == null) {
                batch.deleteMeta(key);
            } else {
                batch.putMeta(key, MetaKeys.ofLongs(value.itemCount(), value.sizeBytes()));
            }
        }
        collections.finish(batch);
        for (Map.Entry<Integer, byte[]> changed : changedBackfills.entrySet()) {
            byte[] key = MetaKeys.backfilled(changed.getKey());
            if (changed.getValue() == null) {
                batch.deleteMeta(key);
            } else {
                batch.putMeta(key, changed.getValue());
            }
        }
    }

    Catalog catalog() {
        return catalog;
    }

    StreamHistory streams() {
        return streams;
    }

    /** By the id of the table or local index; null where it is gone. */
    Map<Integer, TableStatistics> changedStatistics() {
        return Collections.unmodifiableMap(changedStatistics);
    }

    /** By table id; null where no backfill is under way any more. */
    Map<Integer, byte[]> changedBackfills() {
        return Collections.unmodifiableMap(changedBackfills);
    }

    private void applyItemChange(JournalMutation mutation, Instant commitTime) throws RocksDBException {
        ChangeSlices slices = mutation.slices();
        ChangeSlices.ItemSlices change = slices.itemChange();
        if (slices.version() != null) {
            if (change.newImage() == null) {
                ItemVersions.putDeleted(batch, mutation.stateKey(), slices.version(), commitTime);
            } else {
                ItemVersions.put(batch, mutation.stateKey(), slices.version());
            }
        }
        if (change.isBackfill()) {
            if (slices.origin() == null) {
                changedBackfills.put(mutation.tableId(), mutation.stateKey());
            }
            return;
        }
        if (change.newImage() == null) {
            batch.deleteData(mutation.stateKey());
        } else {
            batch.putData(mutation.stateKey(), bytes(change.newImage()));
        }
        int growth = sizeBytes(change.newImage()) - sizeBytes(change.oldImage());
        add(mutation.tableId(), present(change.newImage()) - present(change.oldImage()), growth);
        TableDefinition table = catalog.table(mutation.tableId()).orElse(null);
        if (table != null && !table.localSecondaryIndexes().isEmpty()) {
            Item oldItem = change.oldImage() == null ? null : ItemCodec.decode(change.oldImage());
            Item newItem = change.newImage() == null ? null : ItemCodec.decode(change.newImage());
            for (LocalIndexMaintainer.IndexWrite write : LocalIndexMaintainer.writes(table, oldItem, newItem)) {
                if (write.value() == null) {
                    batch.deleteData(write.key());
                } else {
                    batch.putData(write.key(), write.value());
                }
            }
            int collectionGrowth = growth;
            for (IndexDefinition index : table.localSecondaryIndexes()) {
                Item oldEntry = LocalIndexMaintainer.entry(table, index, oldItem);
                Item newEntry = LocalIndexMaintainer.entry(table, index, newItem);
                int indexGrowth = sizeBytes(newEntry) - sizeBytes(oldEntry);
                add(index.id(), present(newEntry) - present(oldEntry), indexGrowth);
                collectionGrowth += indexGrowth;
            }
            collections.add(mutation.partitionPrefix(), collectionGrowth);
        }
    }

    private void applyCatalogChange(JournalMutation mutation, StreamBoundary place) throws RocksDBException {
        byte[] record = bytes(mutation.changeRecord());
        CatalogChange change = (CatalogChange) ChangeRecordCodec.decode(record).change();
        TableDefinition table = change.table();
        if (change.action() != CatalogChange.Action.CREATE_TABLE && !isBackfilledAsBefore(table)) {
            changedBackfills.put(table.id(), null);
        }
        TableDefinition before = catalog.table(table.id()).orElse(null);
        boolean deleted = change.action() == CatalogChange.Action.DELETE_TABLE;
        if (before != null && (deleted ? before.isGlobal() : !before.isSameGlobalTable(table))) {
            versions.deleteTable(batch, table.id(), place.time());
        }
        Catalog former = catalog;
        catalog = catalog.apply(change);
        writeGoneReplicas(former.goneReplicas(table.name()), catalog.goneReplicas(table.name()));
        switch (change.action()) {
            case CREATE_TABLE, UPDATE_TABLE -> batch.putMeta(MetaKeys.table(table.id()), record);
            case DELETE_TABLE -> {
                batch.deleteMeta(MetaKeys.table(table.id()));
                deleteData(table.id());
                for (IndexDefinition index : table.localSecondaryIndexes()) {
                    deleteData(index.id());
                    changedStatistics.put(index.id(), null);
                }
                changedStatistics.put(table.id(), null);
                collections.deleteTable(batch, table.id());
                changedBackfills.put(table.id(), null);
            }
        }
        batch.putMeta(MetaKeys.NEXT_ID, MetaKeys.ofInt(catalog.nextId()));
        applyToStreams(change, place);
    }

    private void writeGoneReplicas(List<TableDefinition> before, List<TableDefinition> after) throws RocksDBException {
        if (before.equals(after)) {
            return;
        }
        for (TableDefinition table : before) {
            batch.deleteMeta(MetaKeys.goneReplica(table));
        }
        for (TableDefinition table : after) {
            batch.putMeta(MetaKeys.goneReplica(table), TableDefinitionCodec.encode(table));
        }
    }

    private void applyToStreams(CatalogChange change, StreamBoundary place) throws RocksDBException {
        StreamHistory.Step step = streams.apply(change, place, streamTimes);
        for (TableStream written : step.written()) {
            batch.putMeta(StreamEntryCodec.key(written), StreamEntryCodec.encode(written));
        }
        for (TableStream removed : step.removed()) {
            batch.deleteMeta(StreamEntryCodec.key(removed));
        }
        streams = step.next();
    }

    /** Someone else, or nobody, needs the items now: what was told so far does not count. */
    private boolean isBackfilledAsBefore(TableDefinition table) {
        return catalog.table(table.id())
                .map(before -> BackfillTurn.of(before).equals(BackfillTurn.of(table)))
                .orElse(false);
    }

    private void deleteData(int id) throws RocksDBException {
        byte[] prefix = StateKeys.idPrefix(id);
        batch.deleteDataRange(prefix, StateKeys.successor(prefix));
    }

    /** @param id of a table or a local index */
    private void add(int id, int items, int bytes) {
        TableStatistics before = changedStatistics.get(id);
        if (before == null) {
            before = statisticsBefore.getOrDefault(id, TableStatistics.NONE);
        }
        changedStatistics.put(id, new TableStatistics(before.itemCount() + items, before.sizeBytes() + bytes));
    }

    private static int present(Object image) {
        return image == null ? 0 : 1;
    }

    private static int sizeBytes(ByteBuffer image) {
        return image == null ? 0 : ItemCodec.itemSizeBytes(image);
    }

    private static int sizeBytes(Item entry) {
        return entry == null ? 0 : ItemSize.of(entry);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}
