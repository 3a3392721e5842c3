package io.tailrace.benchmarks.gsi;

import io.tailrace.benchmarks.core.Setup;
import io.tailrace.benchmarks.data.Items;
import io.tailrace.benchmarks.data.Table;
import io.tailrace.benchmarks.stream.CapturedTable;
import io.tailrace.engine.Durability;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.operation.PutItemResponse;
import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** A table with an index by owner, where each item has an owner of its own. What it tells of items it knows when closed too. */
final class IndexedTable implements AutoCloseable {
    /** Kind, sequence number and item size, which are before the item in an index entry. */
    private static final int ENTRY_HEAD_BYTES = 1 + Long.BYTES + Integer.BYTES;

    /** Of neighbours' hashes: an odd number, so that no two become the same. */
    private static final int SPREAD = 0x9E3779B1;

    private final Items items;
    private final Table table;
    private final CapturedTable captured;
    private final TableDefinition definition;
    private final IndexDefinition index;
    private final EntrySize entrySize;

    private IndexedTable(Items items, Table table) {
        this.items = items;
        this.table = table;
        this.captured = new CapturedTable(table);
        this.definition = table.engine().catalog().table(Table.NAME).orElseThrow();
        this.index = definition.globalSecondaryIndexes().get(0);
        Item first = item(0);
        this.entrySize = new EntrySize(
                StateKeys.indexKey(definition, index, first).length, ENTRY_HEAD_BYTES + ItemCodec.encode(first).length);
    }

    /** The sizes of all entries of the index: its items' keys have one length. */
    record EntrySize(int keyBytes, int valueBytes) {
        /** Spread as entries are, so that the store has to sort as much. */
        byte[] key(byte[] recordKey) {
            return ByteBuffer.allocate(keyBytes)
                    .putInt(Arrays.hashCode(recordKey) * SPREAD)
                    .put(recordKey, 0, Math.min(recordKey.length, keyBytes - Integer.BYTES))
                    .array();
        }

        byte[] value(byte[] recordValue) {
            return Arrays.copyOf(recordValue, valueBytes);
        }
    }

    static IndexedTable open(Setup setup, Path dir) {
        EngineConfig config = EngineConfig.of(dir, Table.REGION).withDurability(Durability.PROCESS);
        return new IndexedTable(new Items(setup.seed(), CapturedTable.ITEM_BYTES), Table.openIndexed(config));
    }

    /** Puts the items of the numbers from 0 on. */
    void fill(long count) {
        table.fill(this::item, count);
    }

    CompletableFuture<PutItemResponse> put(long number) {
        return table.put(item(number));
    }

    private Item item(long number) {
        String text = String.format(Locale.ROOT, "%012d", number);
        return items.owned("item-" + text, "owner-" + text, number);
    }

    CapturedTable captured() {
        return captured;
    }

    IndexDefinition index() {
        return index;
    }

    EntrySize entrySize() {
        return entrySize;
    }

    /** What the index key of this item, and of no other, begins with. */
    byte[] indexPartition(long number) {
        return StateKeys.partitionPrefix(index.id(), index.key(), item(number));
    }

    /** The key of the item's record in the mutations topic. */
    byte[] topicKey(long number) {
        return StateKeys.topicKey(definition, item(number));
    }

    @Override
    public void close() {
        captured.close();
    }
}
