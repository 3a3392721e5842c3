package io.tailrace.processors.ttl;

import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.Change;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TimeToLive;
import io.tailrace.schemas.model.UserIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The simplest engine that can be: tables with key {@code Id} (S), the log of their mutations, and commands that expire. */
final class ExpiringTables {
    private final List<ChangeRecord> log = new ArrayList<>();
    private final Map<Integer, TableDefinition> tables = new LinkedHashMap<>();
    private final Map<Integer, Map<Item, Item>> items = new LinkedHashMap<>();
    private Instant now;

    ExpiringTables(Instant now) {
        this.now = now;
    }

    void advanceTo(Instant newNow) {
        now = newNow;
    }

    Instant now() {
        return now;
    }

    /** @param ttlAttribute null for none */
    ChangeRecord create(int id, String ttlAttribute) {
        items.put(id, new LinkedHashMap<>());
        return change(CatalogChange.Action.CREATE_TABLE, definition(id, ttlAttribute));
    }

    ChangeRecord timeToLive(int id, String ttlAttribute) {
        return change(CatalogChange.Action.UPDATE_TABLE, definition(id, ttlAttribute));
    }

    /** A change of the table that leaves time to live as it is. */
    ChangeRecord touch(int id) {
        return change(CatalogChange.Action.UPDATE_TABLE, tables.get(id));
    }

    ChangeRecord drop(int id) {
        ChangeRecord record = change(CatalogChange.Action.DELETE_TABLE, tables.get(id));
        tables.remove(id);
        items.remove(id);
        return record;
    }

    TableDefinition table(int id) {
        return tables.get(id);
    }

    boolean exists(int id) {
        return tables.containsKey(id);
    }

    static Item item(String id, String attribute, AttributeValue value) {
        return Item.builder().set("Id", id).set(attribute, value).build();
    }

    ChangeRecord put(int tableId, Item item) {
        Item key = tables.get(tableId).key().keyOf(item);
        Item old = items.get(tableId).put(key, item);
        return append(tableId, key, old, item, null);
    }

    ChangeRecord put(int tableId, String id, Instant expires) {
        return put(tableId, item(id, "Expires", AttributeValue.number(expires.getEpochSecond())));
    }

    ChangeRecord delete(int tableId, String id) {
        Item key = Item.builder().set("Id", id).build();
        return append(tableId, key, items.get(tableId).remove(key), null, null);
    }

    /** Tells an item again that is there. */
    ChangeRecord backfill(int tableId, Item key) {
        Item item = items.get(tableId).get(key);
        return append(tableId, key, item, item, null);
    }

    /** What the engine does: empty when the command does nothing. */
    Optional<ChangeRecord> apply(Command command) {
        TableDefinition table = tables.get(command.tableId());
        if (table == null) {
            return Optional.empty();
        }
        Item key = ((Command.Delete) command.action()).key();
        Item item = items.get(table.id()).get(key);
        if (item == null
                || !command.timeToLiveAttribute().equals(table.ttlAttribute())
                || !TimeToLive.hasExpired(item, table.ttlAttribute(), now)) {
            return Optional.empty();
        }
        items.get(table.id()).remove(key);
        return Optional.of(append(table.id(), key, item, null, command.userIdentity()));
    }

    /** The table's items by their keys. */
    Map<Item, Item> items(int tableId) {
        return items.get(tableId);
    }

    boolean has(int tableId, String id) {
        return items.get(tableId).containsKey(Item.builder().set("Id", id).build());
    }

    /** All records so far, in order. */
    List<ChangeRecord> log() {
        return List.copyOf(log);
    }

    private ChangeRecord change(CatalogChange.Action action, TableDefinition table) {
        tables.put(table.id(), table);
        return append(new CatalogChange(action, table), null);
    }

    private ChangeRecord append(int tableId, Item key, Item oldImage, Item newImage, UserIdentity identity) {
        return append(new ItemChange(tableId, "Table" + tableId, key, oldImage, newImage), identity);
    }

    private ChangeRecord append(Change change, UserIdentity identity) {
        ChangeRecord record = new ChangeRecord(log.size() + 1L, 0, 1, now, "eu-central-1", null, identity, change);
        log.add(record);
        return record;
    }

    private static TableDefinition definition(int id, String ttlAttribute) {
        return new TableDefinition(
                id,
                "uuid-" + id,
                "Table" + id,
                KeySchema.simple(new KeyAttribute("Id", AttributeType.S)),
                Map.of("Id", AttributeType.S),
                List.of(),
                List.of(),
                BillingMode.PAY_PER_REQUEST,
                null,
                null,
                ttlAttribute,
                false,
                Map.of(),
                Instant.EPOCH);
    }
}
