package io.tailrace.engine.state;

import io.tailrace.engine.catalog.TableStream;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.read.TableStatistics;
import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.codec.ItemVersionCodec;
import io.tailrace.schemas.codec.MalformedAvroException;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.TableDefinition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Reads a whole state with its checksums, counts everything again, and changes nothing. It is the state of the last flush: the
 * journal may be ahead.
 */
public final class StateInspection {
    /**
     * What was found.
     *
     * @param found whether there is a state, and how far it is
     * @param tables how many
     * @param items of all tables
     * @param damage what cannot be read, or contradicts itself; empty when all is well
     * @param derived what follows from the items and is not as they say: indexes, counters, sizes
     */
    public record Report(StateFinding found, int tables, long items, List<String> damage, List<String> derived) {
        public Report {
            damage = List.copyOf(damage);
            derived = List.copyOf(derived);
        }
    }

    /** So many findings of one kind are told one by one. */
    private static final int MAX_TOLD = 20;

    private final RocksStore store;
    private final TableState state;
    private final LongConsumer progress;
    private final List<String> damage = new ArrayList<>();
    private final List<String> derived = new ArrayList<>();
    private long items;

    private StateInspection(RocksStore store, TableState state, LongConsumer progress) {
        this.store = store;
        this.state = state;
        this.progress = progress;
    }

    /**
     * Checks a state.
     *
     * @param progress is told how many items were checked
     * @throws IOException when this release does not read its format, or the directory cannot be read
     */
    public static Report of(Path directory, LongConsumer progress) throws IOException {
        StateFinding found = TableState.examine(directory);
        if (found.kind() != StateFinding.Kind.READABLE) {
            return new Report(found, 0, 0, found.reason().isEmpty() ? List.of() : List.of(found.reason()), List.of());
        }
        try (TableState state = TableState.openReadOnly(directory)) {
            StateInspection inspection = new StateInspection(state.store(), state, progress);
            try {
                inspection.run();
            } catch (RocksDBException e) {
                inspection.damage.add(e.getMessage());
            }
            return new Report(
                    found,
                    state.catalog().tables().size(),
                    inspection.items,
                    shortened(inspection.damage),
                    shortened(inspection.derived));
        } catch (RocksDBException e) {
            throw new IOException("the state in " + directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void run() throws RocksDBException {
        store.verifyChecksums();
        Map<Integer, TableStatistics> counted = new HashMap<>();
        for (TableDefinition table : state.catalog().tables()) {
            countTable(table, counted);
        }
        checkStatistics(counted);
        checkUnknown(counted);
        checkStreams();
        checkTokens();
        checkVersions();
    }

    private void countTable(TableDefinition table, Map<Integer, TableStatistics> counted) throws RocksDBException {
        long count = 0;
        long bytes = 0;
        Map<Integer, TableStatistics> indexes = new HashMap<>();
        table.localSecondaryIndexes().forEach(index -> indexes.put(index.id(), TableStatistics.NONE));
        Collections collections = new Collections(table);
        byte[] from = StateKeys.idPrefix(table.id());
        try (RocksStore.Range range = new RocksStore.Range(from, StateKeys.successor(from), null);
                RocksIterator all = store.dataIterator(range.options())) {
            for (all.seekToFirst(); all.isValid(); all.next()) {
                Item item = item(table, all.key(), all.value());
                if (item == null) {
                    continue;
                }
                count++;
                // As the writer counts: of the encoded item, whose size is that of the item.
                bytes += ItemCodec.itemSizeBytes(ByteBuffer.wrap(all.value()));
                collections.add(item);
                checkIndexEntries(table, item);
                for (IndexDefinition index : table.localSecondaryIndexes()) {
                    Item entry = LocalIndexMaintainer.entry(table, index, item);
                    if (entry != null) {
                        TableStatistics before = indexes.get(index.id());
                        indexes.put(
                                index.id(),
                                new TableStatistics(before.itemCount() + 1, before.sizeBytes() + ItemSize.of(entry)));
                    }
                }
                progress.accept(++items);
            }
            all.status();
        }
        collections.finish();
        counted.put(table.id(), new TableStatistics(count, bytes));
        counted.putAll(indexes);
        for (IndexDefinition index : table.localSecondaryIndexes()) {
            long entries = countEntries(StateKeys.idPrefix(index.id()));
            long expected = indexes.get(index.id()).itemCount();
            if (entries != expected) {
                derived.add("the index " + index.name() + " of " + table.name() + " has " + entries
                        + " entries, and the items say " + expected);
            }
        }
    }

    /** Null, and a finding, when the bytes are no item, or another one than the key says. */
    private Item item(TableDefinition table, byte[] key, byte[] value) {
        try {
            Item item = StoredItem.ofEncoded(value).item();
            if (Arrays.equals(StateKeys.tableKey(table, item), key)) {
                return item;
            }
            damage.add("at the key " + HexFormat.of().formatHex(key) + " of " + table.name()
                    + " is the item of another key");
        } catch (RuntimeException e) {
            damage.add("at the key " + HexFormat.of().formatHex(key) + " of " + table.name() + " is no item: " + e);
        }
        return null;
    }

    private void checkIndexEntries(TableDefinition table, Item item) throws RocksDBException {
        for (LocalIndexMaintainer.IndexWrite write : LocalIndexMaintainer.writes(table, null, item)) {
            try (ReadOptions options = new ReadOptions()) {
                byte[] stored = store.getData(write.key(), options);
                if (!Arrays.equals(stored, write.value())) {
                    derived.add("an index of " + table.name() + (stored == null ? " lacks" : " has another entry for")
                            + " the item at " + HexFormat.of().formatHex(StateKeys.tableKey(table, item)));
                }
            }
        }
    }

    private long countEntries(byte[] prefix) throws RocksDBException {
        long entries = 0;
        try (RocksStore.Range range = new RocksStore.Range(prefix, StateKeys.successor(prefix), null);
                RocksIterator all = store.dataIterator(range.options())) {
            for (all.seekToFirst(); all.isValid(); all.next()) {
                entries++;
            }
            all.status();
        }
        return entries;
    }

    private void checkStatistics(Map<Integer, TableStatistics> counted) {
        counted.forEach((id, count) -> {
            TableStatistics stored = state.statistics(id);
            if (!stored.equals(count)) {
                derived.add("the counters of id " + id + " say " + stored.itemCount() + " items of "
                        + stored.sizeBytes() + " bytes, and there are " + count.itemCount() + " of "
                        + count.sizeBytes());
            }
        });
    }

    /** Items and entries of tables that are not in the catalog. */
    private void checkUnknown(Map<Integer, TableStatistics> known) throws RocksDBException {
        try (ReadOptions options = new ReadOptions();
                RocksIterator all = store.dataIterator(options)) {
            all.seekToFirst();
            while (all.isValid()) {
                int id = StateKeys.id(all.key());
                if (!known.containsKey(id)) {
                    damage.add("there are items of the id " + id + ", which no table and no index has");
                }
                all.seek(StateKeys.successor(StateKeys.idPrefix(id)));
            }
            all.status();
        }
    }

    private void checkStreams() {
        for (TableDefinition table : state.catalog().tables()) {
            boolean known = state.streams().all().stream()
                    .anyMatch(stream -> stream.enabled()
                            && stream.table().id() == table.id()
                            && stream.label().equals(table.stream().label()));
            if (table.stream() != null && !known) {
                damage.add("the stream " + table.stream().label() + " of " + table.name() + " is not in the history");
            }
        }
        for (TableStream stream : state.streams().all()) {
            String name =
                    "the stream " + stream.label() + " of " + stream.table().name();
            if (stream.enabled() && state.catalog().table(stream.table().id()).isEmpty()) {
                damage.add(name + " is enabled, and there is no such table");
            }
            if (stream.start().position().sequence() > state.appliedSequence()
                    || (!stream.enabled()
                            && stream.end().position().compareTo(stream.start().position()) < 0)) {
                damage.add(name + " has a place that cannot be");
            }
        }
    }

    private void checkTokens() throws RocksDBException {
        long stored = 0;
        try (RocksIterator all = store.metaIterator()) {
            for (all.seek(MetaKeys.requestTokens(0)); all.isValid() && MetaKeys.isRequestToken(all.key()); all.next()) {
                stored++;
            }
            all.status();
        }
        if (stored != state.requestTokenCount()) {
            derived.add("the counters say " + state.requestTokenCount() + " request tokens, and there are " + stored);
        }
    }

    /** Versions cannot be made anew from items, so what is wrong with them is damage. */
    private void checkVersions() throws RocksDBException {
        try (RocksIterator all = store.metaIterator();
                ReadOptions options = new ReadOptions()) {
            all.seek(MetaKeys.versions(0));
            while (all.isValid()) {
                byte[] stateKey = MetaKeys.stateKeyOfVersion(all.key());
                TableDefinition table = state.catalog()
                        .table(StateKeys.id(stateKey))
                        .filter(TableDefinition::isGlobal)
                        .orElse(null);
                if (table == null) {
                    damage.add("there are versions of items of the id " + StateKeys.id(stateKey)
                            + ", which no global table has");
                    all.seek(MetaKeys.behindTableOfVersion(all.key()));
                } else {
                    checkVersion(table, stateKey, all, options);
                    all.next();
                }
            }
            all.status();
        }
    }

    private void checkVersion(TableDefinition table, byte[] stateKey, RocksIterator at, ReadOptions options)
            throws RocksDBException {
        String where = "at the key " + HexFormat.of().formatHex(stateKey) + " of " + table.name();
        try {
            ItemVersionCodec.decode(at.value());
        } catch (MalformedAvroException e) {
            damage.add(where + " is no version of an item: " + e.getMessage());
        }
        if (MetaKeys.isVersion(at.key()) && store.getData(stateKey, options) == null) {
            damage.add(where + " is the version of an item, and there is no item");
        }
    }

    private static List<String> shortened(List<String> texts) {
        if (texts.size() <= MAX_TOLD) {
            return texts;
        }
        List<String> told = new ArrayList<>(texts.subList(0, MAX_TOLD));
        told.add("and " + (texts.size() - MAX_TOLD) + " more");
        return told;
    }

    /** The sizes of item collections; the items come in the order of their partition keys. */
    private final class Collections {
        private final TableDefinition table;
        private byte[] prefix;
        private long bytes;
        private long count;

        Collections(TableDefinition table) {
            this.table = table;
        }

        void add(Item item) throws RocksDBException {
            if (table.localSecondaryIndexes().isEmpty()) {
                return;
            }
            byte[] next = StateKeys.partitionPrefix(table.id(), table.key(), item);
            if (!Arrays.equals(next, prefix)) {
                compare();
                prefix = next;
                bytes = 0;
            }
            bytes += ItemSize.inCollection(table, item);
        }

        void finish() throws RocksDBException {
            compare();
            if (!table.localSecondaryIndexes().isEmpty()) {
                long stored = countStored();
                if (stored != count) {
                    derived.add("the sizes of " + stored + " item collections of " + table.name()
                            + " are kept, and there are " + count);
                }
            }
        }

        private void compare() throws RocksDBException {
            if (prefix == null) {
                return;
            }
            count++;
            long stored = ItemCollections.sizeBytes(store, prefix);
            if (stored != bytes) {
                derived.add("an item collection of " + table.name() + " is said to have " + stored + " bytes, and has "
                        + bytes);
            }
        }

        private long countStored() throws RocksDBException {
            long stored = 0;
            byte[] end = MetaKeys.itemCollections(table.id() + 1);
            try (RocksIterator all = store.metaIterator()) {
                for (all.seek(MetaKeys.itemCollections(table.id()));
                        all.isValid() && Arrays.compareUnsigned(all.key(), end) < 0;
                        all.next()) {
                    stored++;
                }
                all.status();
            }
            return stored;
        }
    }
}
