package io.tailrace.engine.state;

import io.tailrace.engine.catalog.StreamTimes;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.TableDefinition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Makes anew what follows from the items: local secondary indexes, counters, sizes of item collections. */
public final class DerivedState {
    private static final int ITEMS_AT_ONCE = 1_000;

    private DerivedState() {}

    /**
     * Rebuilds in place; nobody else may have the state open.
     *
     * @param aside becomes a copy of the state as it was, which shares its files' space
     */
    public static void rebuild(Path directory, Path aside) throws IOException {
        try (TableState state = TableState.open(directory, () -> {}, StreamTimes.DEFAULT, BlockCache.OWN)) {
            RocksStore store = state.store();
            store.copyTo(aside);
            for (TableDefinition table : state.catalog().tables()) {
                rebuild(store, table);
            }
            ItemCollections.countAll(store, state.catalog().tables());
            countTokens(store);
            store.flush();
        } catch (RocksDBException e) {
            throw new IOException("the state in " + directory + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static void rebuild(RocksStore store, TableDefinition table) throws RocksDBException {
        Map<Integer, long[]> counts = new HashMap<>();
        counts.put(table.id(), new long[2]);
        RocksStore.Batch batch = store.batch();
        byte[] from = StateKeys.idPrefix(table.id());
        try (RocksStore.Range range = new RocksStore.Range(from, StateKeys.successor(from), null);
                RocksIterator items = store.dataIterator(range.options())) {
            batch.deleteMetaRange(MetaKeys.itemCollections(table.id()), MetaKeys.itemCollections(table.id() + 1));
            for (IndexDefinition index : table.localSecondaryIndexes()) {
                counts.put(index.id(), new long[2]);
                byte[] prefix = StateKeys.idPrefix(index.id());
                batch.deleteDataRange(prefix, StateKeys.successor(prefix));
            }
            int inBatch = 0;
            for (items.seekToFirst(); items.isValid(); items.next()) {
                Item item = StoredItem.ofEncoded(items.value()).item();
                count(counts.get(table.id()), ItemCodec.itemSizeBytes(ByteBuffer.wrap(items.value())));
                for (LocalIndexMaintainer.IndexWrite write : LocalIndexMaintainer.writes(table, null, item)) {
                    batch.putData(write.key(), write.value());
                }
                for (IndexDefinition index : table.localSecondaryIndexes()) {
                    Item entry = LocalIndexMaintainer.entry(table, index, item);
                    if (entry != null) {
                        count(counts.get(index.id()), ItemSize.of(entry));
                    }
                }
                if (++inBatch % ITEMS_AT_ONCE == 0) {
                    batch.write();
                    batch.close();
                    batch = store.batch();
                }
            }
            items.status();
            for (Map.Entry<Integer, long[]> count : counts.entrySet()) {
                long[] value = count.getValue();
                if (value[0] == 0) {
                    batch.deleteMeta(MetaKeys.statistics(count.getKey()));
                } else {
                    batch.putMeta(MetaKeys.statistics(count.getKey()), MetaKeys.ofLongs(value[0], value[1]));
                }
            }
            batch.write();
        } finally {
            batch.close();
        }
    }

    private static void count(long[] itemsAndBytes, long bytes) {
        itemsAndBytes[0]++;
        itemsAndBytes[1] += bytes;
    }

    private static void countTokens(RocksStore store) throws RocksDBException {
        Map<Integer, Long> counts = new HashMap<>();
        try (RocksStore.Batch batch = store.batch();
                RocksIterator all = store.metaIterator()) {
            for (all.seekToFirst(); all.isValid(); all.next()) {
                byte[] key = all.key();
                if (MetaKeys.isRequestTokenCount(key)) {
                    batch.deleteMeta(key);
                } else if (MetaKeys.isRequestToken(key)) {
                    counts.merge(MetaKeys.number(key), 1L, Long::sum);
                }
            }
            all.status();
            for (Map.Entry<Integer, Long> count : counts.entrySet()) {
                batch.putMeta(MetaKeys.requestTokenCount(count.getKey()), MetaKeys.ofLong(count.getValue()));
            }
            batch.write();
        }
    }
}
