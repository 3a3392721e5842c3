package io.tailrace.engine.state;

import io.tailrace.engine.read.StoredItem;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * The sizes of the item collections of tables with local secondary indexes: of all items of one partition key, with their
 * entries in those indexes. They change in the batch that changes the items. Collections of nothing are not stored.
 */
final class ItemCollections {
    private static final int COUNTED_AT_ONCE = 10_000;

    private final RocksStore store;
    /** What the batch makes of sizes, by partition prefix. */
    private final Map<ByteBuffer, Long> sizes = new HashMap<>();

    /** The changes of one batch of commits. */
    ItemCollections(RocksStore store) {
        this.store = store;
    }

    static long sizeBytes(RocksStore store, byte[] partitionPrefix) throws RocksDBException {
        byte[] size = store.getMeta(MetaKeys.itemCollection(partitionPrefix));
        return size == null ? 0 : ByteBuffer.wrap(size).getLong();
    }

    void add(byte[] partitionPrefix, long bytes) throws RocksDBException {
        ByteBuffer prefix = ByteBuffer.wrap(partitionPrefix);
        Long before = sizes.get(prefix);
        sizes.put(prefix, (before == null ? sizeBytes(store, partitionPrefix) : before) + bytes);
    }

    /** Forgets what the table had, now and in this batch. */
    void deleteTable(RocksStore.Batch batch, int tableId) throws RocksDBException {
        sizes.keySet().removeIf(prefix -> prefix.getInt(0) == tableId);
        batch.deleteMetaRange(MetaKeys.itemCollections(tableId), MetaKeys.itemCollections(tableId + 1));
    }

    /** Adds what is written once per batch. */
    void finish(RocksStore.Batch batch) throws RocksDBException {
        for (Map.Entry<ByteBuffer, Long> size : sizes.entrySet()) {
            byte[] key = MetaKeys.itemCollection(size.getKey().array());
            if (size.getValue() == 0) {
                batch.deleteMeta(key);
            } else {
                batch.putMeta(key, MetaKeys.ofLong(size.getValue()));
            }
        }
    }

    /** Counts what is there, for state that was written before sizes were kept. Doing it again does no harm. */
    static void countAll(RocksStore store, Collection<TableDefinition> tables) throws RocksDBException {
        for (TableDefinition table : tables) {
            if (!table.localSecondaryIndexes().isEmpty()) {
                count(store, table);
            }
        }
    }

    private static void count(RocksStore store, TableDefinition table) throws RocksDBException {
        byte[] from = StateKeys.idPrefix(table.id());
        RocksStore.Batch batch = store.batch();
        try (RocksStore.Range range = new RocksStore.Range(from, StateKeys.successor(from), null);
                RocksIterator items = store.dataIterator(range.options())) {
            byte[] collection = null;
            long bytes = 0;
            int counted = 0;
            for (items.seekToFirst(); items.isValid(); items.next()) {
                Item item = StoredItem.ofEncoded(items.value()).item();
                byte[] prefix = StateKeys.partitionPrefix(table.id(), table.key(), item);
                if (!Arrays.equals(prefix, collection)) {
                    if (collection != null) {
                        batch.putMeta(MetaKeys.itemCollection(collection), MetaKeys.ofLong(bytes));
                    }
                    if (++counted % COUNTED_AT_ONCE == 0) {
                        batch.write();
                        batch.close();
                        batch = store.batch();
                    }
                    collection = prefix;
                    bytes = 0;
                }
                bytes += ItemSize.inCollection(table, item);
            }
            items.status();
            if (collection != null) {
                batch.putMeta(MetaKeys.itemCollection(collection), MetaKeys.ofLong(bytes));
            }
            batch.write();
        } finally {
            batch.close();
        }
    }
}
