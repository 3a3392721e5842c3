package io.tailrace.engine.operation;

import io.tailrace.engine.catalog.Catalog;
import io.tailrace.engine.catalog.TableStream;
import io.tailrace.engine.journal.RequestToken;
import io.tailrace.engine.read.DeletedItem;
import io.tailrace.engine.read.GlobalIndexReader;
import io.tailrace.engine.read.IndexPage;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;
import io.tailrace.engine.read.StateCursor;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.read.TableStatistics;
import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.ItemMutation;
import io.tailrace.engine.writer.Mutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.PlanSettings;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.TableDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * An engine in maps, for tests: what an operation plans is applied at once, to local and global indexes too. One thread
 * only. It keeps the mutations of the last write for tests to look at.
 */
class InMemoryEngine implements OperationExecutor, PlanContext, ReadContext, GlobalIndexReader {
    static final Instant START = Instant.parse("2026-11-20T10:15:30.123Z");

    private final String region;
    private final NavigableMap<byte[], StoredItem> state = new TreeMap<>(Arrays::compareUnsigned);
    private final NavigableMap<byte[], ItemVersion> versions = new TreeMap<>(Arrays::compareUnsigned);
    private final NavigableMap<String, TableDefinition> tables = new TreeMap<>();
    private Catalog catalog = Catalog.EMPTY;
    private final Map<String, Set<String>> streamLabels = new HashMap<>();
    private final Map<String, RequestToken> requestTokens = new HashMap<>();
    private List<Mutation> lastMutations = List.of();
    private Instant now = START;
    private PlanSettings settings = PlanSettings.DEFAULT;
    private int lastId;
    private long uuids;

    InMemoryEngine(String region) {
        this.region = region;
    }

    @Override
    public <R> CompletableFuture<R> write(WriteOperation<R> operation) {
        try {
            Plan<R> plan = operation.plan(this);
            plan.mutations().forEach(this::apply);
            lastMutations = plan.mutations();
            if (plan.requestToken() != null) {
                requestTokens.put(plan.requestToken().token(), plan.requestToken());
            }
            return CompletableFuture.completedFuture(plan.response());
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public <R> R read(ReadOperation<R> operation) {
        return operation.execute(this);
    }

    @Override
    public List<TableDefinition> goneReplicas(String tableName) {
        return catalog.goneReplicas(tableName);
    }

    /** Where its random ids begin, so that they differ from those of others. */
    void drawIdsFrom(long first) {
        uuids = first;
    }

    @Override
    public List<DeletedItem> deletions(TableDefinition table, DeletedItem after, int limit) {
        return List.of();
    }

    /** Moves the clock on. */
    void pass(Duration time) {
        now = now.plus(time);
    }

    void use(PlanSettings newSettings) {
        settings = newSettings;
    }

    List<Mutation> lastMutations() {
        return lastMutations;
    }

    private void apply(Mutation mutation) {
        if (mutation instanceof CatalogMutation catalog) {
            applyCatalog(catalog);
        } else if (mutation instanceof ItemMutation item) {
            applyItem(item);
        }
    }

    private void applyCatalog(CatalogMutation mutation) {
        TableDefinition table = mutation.table();
        catalog = catalog.apply(new CatalogChange(mutation.action(), table));
        if (mutation.action() == CatalogChange.Action.DELETE_TABLE) {
            tables.remove(table.name());
            clear(table.id());
            indexes(table).forEach(index -> clear(index.id()));
        } else {
            tables.put(table.name(), table);
            if (table.stream() != null) {
                streamLabels
                        .computeIfAbsent(table.name(), name -> new HashSet<>())
                        .add(table.stream().label());
            }
        }
    }

    private void clear(int id) {
        byte[] prefix = StateKeys.idPrefix(id);
        state.subMap(prefix, StateKeys.successor(prefix)).clear();
    }

    private void applyItem(ItemMutation mutation) {
        TableDefinition table = mutation.table();
        byte[] key = StateKeys.tableKey(table, mutation.key());
        if (table.isGlobal()) {
            ItemVersion before = version(table, mutation.key(), mutation.oldItem());
            ItemVersion accepted = before == null ? new ItemVersion(now, region) : before.next(now, region);
            versions.put(key, mutation.replicated() == null ? accepted : mutation.replicated());
        }
        StoredItem old = state.remove(key);
        for (IndexDefinition index : indexes(table)) {
            if (old != null && index.key().isCompleteIn(old.item())) {
                state.remove(StateKeys.indexKey(table, index, old.item()));
            }
            if (mutation.newItem() != null && index.key().isCompleteIn(mutation.newItem())) {
                state.put(
                        StateKeys.indexKey(table, index, mutation.newItem()),
                        StoredItem.of(index.projection().apply(mutation.newItem(), table.key(), index.key())));
            }
        }
        if (mutation.newItem() != null) {
            state.put(key, StoredItem.of(mutation.newItem()));
        }
    }

    private static List<IndexDefinition> indexes(TableDefinition table) {
        List<IndexDefinition> indexes = new ArrayList<>(table.localSecondaryIndexes());
        indexes.addAll(table.globalSecondaryIndexes());
        return indexes;
    }

    @Override
    public Instant now() {
        now = now.plusMillis(1);
        return now;
    }

    @Override
    public String region() {
        return region;
    }

    @Override
    public Optional<TableDefinition> table(String name) {
        return Optional.ofNullable(tables.get(name));
    }

    @Override
    public Collection<TableDefinition> tables() {
        return tables.values();
    }

    @Override
    public Set<String> streamLabels(String tableName) {
        return streamLabels.getOrDefault(tableName, Set.of());
    }

    @Override
    public ItemVersion version(TableDefinition table, Item key, StoredItem stored) {
        ItemVersion found = versions.get(StateKeys.tableKey(table, key));
        return found == null && stored != null ? table.details().globalTable().initialVersion() : found;
    }

    @Override
    public StoredItem item(TableDefinition table, Item key) {
        return state.get(StateKeys.tableKey(table, key));
    }

    @Override
    public PlanSettings settings() {
        return settings;
    }

    @Override
    public long itemCollectionBytes(TableDefinition table, Item key) {
        return range(StateKeys.partitionPrefix(table.id(), table.key(), key)).values().stream()
                .mapToLong(item -> ItemSize.inCollection(table, item.item()))
                .sum();
    }

    @Override
    public Optional<RequestToken> requestToken(String token) {
        return Optional.ofNullable(requestTokens.get(token));
    }

    @Override
    public int newId() {
        return ++lastId;
    }

    @Override
    public UUID newUuid() {
        return new UUID(0, ++uuids);
    }

    @Override
    public TableStatistics statistics(int tableId) {
        Collection<StoredItem> items = range(StateKeys.idPrefix(tableId)).values();
        long bytes = items.stream().mapToLong(item -> ItemSize.of(item.item())).sum();
        return new TableStatistics(items.size(), bytes);
    }

    @Override
    public Optional<TableStream> latestStream(int tableId) {
        return Optional.empty();
    }

    @Override
    public GlobalIndexReader globalIndexes() {
        return this;
    }

    /** Indexes are part of the same state. */
    @Override
    public CompletableFuture<Void> whenApplied(long sequence) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public IndexPage read(
            int indexId, byte[] fromInclusive, byte[] toExclusive, boolean forward, int maxEntries, long maxBytes) {
        List<IndexPage.Entry> entries = new ArrayList<>();
        long bytes = 0;
        try (StateCursor cursor = scan(fromInclusive, toExclusive, forward)) {
            while (cursor.next()) {
                if (entries.size() == maxEntries || bytes >= maxBytes) {
                    return new IndexPage(entries, true);
                }
                entries.add(new IndexPage.Entry(cursor.key(), cursor.item().item()));
                bytes += ItemSize.of(cursor.item().item());
            }
        }
        return new IndexPage(entries, false);
    }

    @Override
    public StateCursor scan(byte[] fromInclusive, byte[] toExclusive, boolean forward) {
        NavigableMap<byte[], StoredItem> range = state.subMap(fromInclusive, true, toExclusive, false);
        return new MapCursor(
                (forward ? range : range.descendingMap()).entrySet().iterator());
    }

    private NavigableMap<byte[], StoredItem> range(byte[] prefix) {
        return state.subMap(prefix, true, StateKeys.successor(prefix), false);
    }

    /** Walks entries of a map. */
    private static final class MapCursor implements StateCursor {
        private final Iterator<Map.Entry<byte[], StoredItem>> entries;
        private Map.Entry<byte[], StoredItem> entry;

        MapCursor(Iterator<Map.Entry<byte[], StoredItem>> entries) {
            this.entries = entries;
        }

        @Override
        public boolean next() {
            if (!entries.hasNext()) {
                return false;
            }
            entry = entries.next();
            return true;
        }

        @Override
        public byte[] key() {
            return entry.getKey().clone();
        }

        @Override
        public StoredItem item() {
            return entry.getValue();
        }

        @Override
        public void close() {
            entry = null;
        }
    }
}
