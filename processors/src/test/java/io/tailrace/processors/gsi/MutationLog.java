package io.tailrace.processors.gsi;

import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.Change;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.Projection;
import io.tailrace.schemas.model.TableDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The simplest table that can be: makes the mutations that an engine would, and keeps the items they lead to. */
final class MutationLog {
    static final Instant TIME = Instant.parse("2026-03-01T00:00:00.123456Z");

    private final List<ChangeRecord> records = new ArrayList<>();
    private final Map<Item, Item> items = new LinkedHashMap<>();

    /** A table with key {@code Id} (S). */
    static TableDefinition table(int id, IndexDefinition... indexes) {
        Map<String, AttributeType> types = new LinkedHashMap<>();
        types.put("Id", AttributeType.S);
        for (IndexDefinition index : indexes) {
            index.key().attributes().forEach(attribute -> types.put(attribute.name(), attribute.type()));
        }
        return new TableDefinition(
                id,
                "uuid-" + id,
                "Table" + id,
                KeySchema.simple(new KeyAttribute("Id", AttributeType.S)),
                types,
                List.of(),
                Arrays.asList(indexes),
                BillingMode.PAY_PER_REQUEST,
                null,
                null,
                null,
                false,
                Map.of(),
                TIME);
    }

    /** An index by {@code Type} (S), sorted by {@code Rank} (N). */
    static IndexDefinition index(int id, Projection projection) {
        return new IndexDefinition(
                id,
                "Index" + id,
                KeySchema.composite(
                        new KeyAttribute("Type", AttributeType.S), new KeyAttribute("Rank", AttributeType.N)),
                projection,
                null);
    }

    static Item item(String id, String type, long rank, String payload) {
        return Item.builder()
                .set("Id", id)
                .set("Type", type)
                .set("Rank", rank)
                .set("Payload", payload)
                .build();
    }

    ChangeRecord create(TableDefinition table) {
        return append(new CatalogChange(CatalogChange.Action.CREATE_TABLE, table));
    }

    ChangeRecord update(TableDefinition table) {
        return append(new CatalogChange(CatalogChange.Action.UPDATE_TABLE, table));
    }

    ChangeRecord drop(TableDefinition table) {
        items.clear();
        return append(new CatalogChange(CatalogChange.Action.DELETE_TABLE, table));
    }

    /** Puts the item in place of the one with its key. */
    ChangeRecord put(TableDefinition table, Item item) {
        Item key = table.key().keyOf(item);
        Item old = items.put(key, item);
        return append(new ItemChange(table.id(), table.name(), key, old, item));
    }

    /** Tells of an item again. */
    ChangeRecord backfill(TableDefinition table, Item item) {
        return append(new ItemChange(table.id(), table.name(), table.key().keyOf(item), item, item));
    }

    /** Deletes an item that exists. */
    ChangeRecord delete(TableDefinition table, String id) {
        Item key = Item.builder().set("Id", id).build();
        return append(new ItemChange(table.id(), table.name(), key, items.remove(key), null));
    }

    boolean has(String id) {
        return items.containsKey(Item.builder().set("Id", id).build());
    }

    Optional<Item> item(String id) {
        return Optional.ofNullable(items.get(Item.builder().set("Id", id).build()));
    }

    Collection<Item> items() {
        return items.values();
    }

    /** All records so far, in order. */
    List<ChangeRecord> records() {
        return List.copyOf(records);
    }

    private ChangeRecord append(Change change) {
        ChangeRecord record = new ChangeRecord(records.size() + 1L, 0, 1, TIME, "eu-central-1", null, null, change);
        records.add(record);
        return record;
    }
}
