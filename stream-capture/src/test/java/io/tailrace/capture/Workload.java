package io.tailrace.capture;

import io.tailrace.engine.catalog.Catalog;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalMutation;
import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.key.KeyCodec;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.Change;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Change.CatalogChange.Action;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.StreamDefinition;
import io.tailrace.schemas.model.StreamShards;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TableDetails;
import io.tailrace.schemas.model.UserIdentity;
import io.tailrace.schemas.stream.StreamTag;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

/**
 * Writes random commits into a {@link MemoryJournal}: items of tables that come, change their streams and how these look, go
 * and come back, and are told again now and then.
 */
final class Workload {
    private static final KeyAttribute PARTITION_KEY = new KeyAttribute("Pk", AttributeType.S);
    private static final KeyAttribute SORT_KEY = new KeyAttribute("Sk", AttributeType.N);
    private static final int TABLE_NAMES = 3;
    private static final int KEYS = 40;

    private final String region;
    private final MemoryJournal journal;
    private final Random random;
    private final Random randomTags;
    private final Map<Integer, Map<Item, Item>> items = new HashMap<>();
    private final Instant start;

    private volatile Catalog catalog = Catalog.EMPTY;

    Workload(String region, MemoryJournal journal, long seed) {
        this.region = region;
        this.journal = journal;
        this.random = new Random(seed);
        this.randomTags = new Random(seed);
        this.start = Instant.now().minusSeconds(1_000);
    }

    Catalog catalog() {
        return catalog;
    }

    /** Appends commits: most of one item, some of many, some of the catalog, some of nothing. */
    void commit(int commits) {
        for (int i = 0; i < commits; i++) {
            int kind = random.nextInt(100);
            if (catalog.tables().isEmpty() || kind < 3) {
                append(List.of(catalogChange()));
            } else if (kind < 6) {
                append(List.of());
            } else if (kind < 12) {
                append(itemChanges(2 + random.nextInt(20)));
            } else {
                append(itemChanges(1));
            }
        }
    }

    /** Appends commits that leave the tables as they are. */
    void commitItems(int commits) {
        for (int i = 0; i < commits; i++) {
            append(itemChanges(1));
        }
    }

    /** Creates a table; {@code view} null for no stream. */
    void createTable(String name, StreamViewType view) {
        append(List.of(new CatalogChange(Action.CREATE_TABLE, definition(name, view))));
    }

    /** Changes the table's tags. */
    void tag(String table, Map<String, String> tags) {
        TableDefinition definition = catalog.table(table).orElseThrow();
        append(List.of(new CatalogChange(Action.UPDATE_TABLE, withStream(definition, definition.stream(), tags))));
    }

    /** Removes one item of the table, which is there. */
    void remove(String table, Item key) {
        TableDefinition definition = catalog.table(table).orElseThrow();
        Item old = items.get(definition.id()).get(key);
        append(List.of(new ItemChange(definition.id(), table, key, old, null)));
    }

    /** Puts one item of the table. */
    void put(String table, Item item) {
        TableDefinition definition = catalog.table(table).orElseThrow();
        Item key = definition.key().keyOf(item);
        Item old = items.get(definition.id()).get(key);
        append(List.of(new ItemChange(definition.id(), table, key, old, item)));
    }

    private CatalogChange catalogChange() {
        String name = "Table" + random.nextInt(TABLE_NAMES);
        TableDefinition existing = catalog.table(name).orElse(null);
        if (existing == null) {
            return new CatalogChange(Action.CREATE_TABLE, definition(name, randomView()));
        }
        if (random.nextInt(3) == 0) {
            return new CatalogChange(Action.DELETE_TABLE, existing);
        }
        return randomTags.nextInt(3) == 0
                ? new CatalogChange(Action.UPDATE_TABLE, withStream(existing, existing.stream(), randomTags()))
                : new CatalogChange(Action.UPDATE_TABLE, withStream(existing, stream(randomView()), existing.tags()));
    }

    private Map<String, String> randomTags() {
        Map<String, String> tags = new HashMap<>();
        tags.put("team", "orders");
        switch (randomTags.nextInt(3)) {
            case 0 -> tags.put(StreamTag.FORMAT.key(), "json");
            case 1 -> tags.put(StreamTag.FORMAT.key(), "avro");
            default -> tags.remove(StreamTag.FORMAT.key());
        }
        switch (randomTags.nextInt(3)) {
            case 0 -> tags.put(StreamTag.TOMBSTONES.key(), "true");
            case 1 -> tags.put(StreamTag.TOMBSTONES.key(), "false");
            default -> tags.remove(StreamTag.TOMBSTONES.key());
        }
        return tags;
    }

    private StreamViewType randomView() {
        int choice = random.nextInt(StreamViewType.values().length + 1);
        return choice == StreamViewType.values().length ? null : StreamViewType.values()[choice];
    }

    private List<Change> itemChanges(int count) {
        List<Change> changes = new ArrayList<>();
        List<TableDefinition> tables = List.copyOf(catalog.tables());
        for (int i = 0; i < count; i++) {
            TableDefinition table = tables.get(random.nextInt(tables.size()));
            Item key = Item.builder()
                    .set(PARTITION_KEY.name(), "user-" + random.nextInt(KEYS))
                    .set(SORT_KEY.name(), i)
                    .build();
            Item old = items.get(table.id()).get(key);
            Item item = old != null && random.nextInt(4) == 0
                    ? null
                    : key.toBuilder()
                            .set("Count", random.nextLong())
                            .set("Text", "x".repeat(random.nextInt(200)))
                            .build();
            boolean backfill = old != null && random.nextInt(10) == 0;
            changes.add(new ItemChange(table.id(), table.name(), key, old, backfill ? old : item));
        }
        return changes;
    }

    private void append(List<Change> changes) {
        long sequence = journal.readableSequence() + 1;
        Instant time = start.plusMillis(sequence);
        List<JournalMutation> mutations = new ArrayList<>();
        for (Change change : changes) {
            UserIdentity identity = random.nextInt(10) == 0 ? UserIdentity.TIME_TO_LIVE : null;
            byte[] encoded = ChangeRecordCodec.encode(
                    new ChangeRecord(sequence, mutations.size(), changes.size(), time, region, null, identity, change));
            mutations.add(mutation(change, encoded));
        }
        for (Change change : changes) {
            apply(change);
        }
        journal.append(new JournalEntry(sequence, time, mutations, null));
    }

    private JournalMutation mutation(Change change, byte[] encoded) {
        if (change instanceof ItemChange item) {
            TableDefinition table = catalog.table(item.tableId()).orElseThrow();
            int partitionKeyLength = KeyCodec.encode(item.keys().get(PARTITION_KEY.name())).length;
            return new JournalMutation(
                    false, StateKeys.tableKey(table, item.keys()), partitionKeyLength, ByteBuffer.wrap(encoded));
        }
        return new JournalMutation(true, StateKeys.idPrefix(change.tableId()), 0, ByteBuffer.wrap(encoded));
    }

    private void apply(Change change) {
        if (change instanceof CatalogChange catalogChange) {
            catalog = catalog.apply(catalogChange);
            items.computeIfAbsent(change.tableId(), id -> new HashMap<>());
        } else if (change instanceof ItemChange item) {
            if (item.newImage() == null) {
                items.get(item.tableId()).remove(item.keys());
            } else {
                items.get(item.tableId()).put(item.keys(), item.newImage());
            }
        }
    }

    private TableDefinition definition(String name, StreamViewType view) {
        return new TableDefinition(
                catalog.nextId(),
                new UUID(random.nextLong(), random.nextLong()).toString(),
                name,
                KeySchema.composite(PARTITION_KEY, SORT_KEY),
                Map.of(PARTITION_KEY.name(), PARTITION_KEY.type(), SORT_KEY.name(), SORT_KEY.type()),
                List.of(),
                List.of(),
                BillingMode.PAY_PER_REQUEST,
                null,
                stream(view),
                null,
                false,
                randomTags(),
                Instant.EPOCH,
                TableDetails.NONE.withStreamShards(view == null ? null : randomShards()));
    }

    /** A stream that is enabled again may use another number of the topic's partitions. */
    private StreamShards randomShards() {
        return new StreamShards(1 + randomTags.nextInt(4), 0);
    }

    private StreamDefinition stream(StreamViewType view) {
        return view == null ? null : new StreamDefinition(view, "label-" + journal.readableSequence());
    }

    private TableDefinition withStream(TableDefinition table, StreamDefinition stream, Map<String, String> tags) {
        return new TableDefinition(
                table.id(),
                table.tableUuid(),
                table.name(),
                table.key(),
                table.attributeTypes(),
                table.localSecondaryIndexes(),
                table.globalSecondaryIndexes(),
                table.billingMode(),
                table.provisionedThroughput(),
                stream,
                table.ttlAttribute(),
                table.deletionProtection(),
                tags,
                table.created(),
                Objects.equals(stream, table.stream())
                        ? table.details()
                        : table.details().withStreamShards(stream == null ? null : randomShards()));
    }
}
