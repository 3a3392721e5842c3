package io.tailrace.engine;

import static io.tailrace.engine.TestTables.LK;
import static io.tailrace.engine.TestTables.PK;
import static io.tailrace.engine.TestTables.SK;

import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.ItemMutation;
import io.tailrace.engine.writer.Mutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.Projection;
import io.tailrace.schemas.model.StreamDefinition;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.TableDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What every golden directory holds, whichever release wrote it: the writes, in two parts, and what is there after them. It uses
 * only what all these releases have, and must not be changed: the directories that there are were written by it.
 */
final class GoldenContent {
    static final String PLAIN = "Plain";
    static final String INDEXED = "Indexed";
    static final String DROPPED = "Dropped";
    static final int NEXT_ID = 6;
    static final int COMMITS = 75;
    private static final int PLAIN_ID = 1;
    private static final int INDEXED_ID = 2;
    private static final int ALL_INDEX_ID = 3;
    private static final int KEYS_INDEX_ID = 4;
    private static final int DROPPED_ID = 5;
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private static final StreamDefinition STREAM =
            new StreamDefinition(StreamViewType.NEW_AND_OLD_IMAGES, "2026-01-01T00:00:00.000");
    private static final StreamDefinition LATER_STREAM =
            new StreamDefinition(StreamViewType.KEYS_ONLY, "2026-01-02T00:00:00.000");

    /** Where writes go; the expected content is made by the same ones. */
    interface Target {
        void table(CatalogChange.Action action, TableDefinition table);

        /** One commit. */
        void write(List<Write> writes);
    }

    /**
     * One write.
     *
     * @param item null to delete
     */
    record Write(String table, Item key, Item item) {}

    private GoldenContent() {}

    static TableDefinition plain() {
        return table(PLAIN_ID, PLAIN, List.of(), STREAM, "expires", Map.of("owner", "golden", "stage", "test"));
    }

    static TableDefinition indexed(boolean withStream) {
        KeySchema byLk = KeySchema.composite(PK, LK);
        return table(
                INDEXED_ID,
                INDEXED,
                List.of(
                        new IndexDefinition(ALL_INDEX_ID, "by-lk", byLk, Projection.ALL, null),
                        new IndexDefinition(KEYS_INDEX_ID, "by-lk-keys", byLk, Projection.KEYS_ONLY, null)),
                withStream ? LATER_STREAM : null,
                null,
                Map.of());
    }

    /** What the state's files have. */
    static void first(Target target) {
        target.table(CatalogChange.Action.CREATE_TABLE, plain());
        target.table(CatalogChange.Action.CREATE_TABLE, indexed(false));
        TableDefinition dropped = table(DROPPED_ID, DROPPED, List.of(), null, null, Map.of());
        target.table(CatalogChange.Action.CREATE_TABLE, dropped);
        for (int i = 0; i < 20; i++) {
            target.write(List.of(put(PLAIN, i, "first")));
            target.write(List.of(put(INDEXED, i, "first")));
        }
        target.write(List.of(put(DROPPED, 1, "first")));
        target.write(List.of(
                delete(PLAIN, 3), delete(INDEXED, 3), put(PLAIN, 100, "together"), put(INDEXED, 100, "together")));
        target.table(CatalogChange.Action.DELETE_TABLE, dropped);
        for (int i = 10; i < 15; i++) {
            target.write(List.of(put(INDEXED, i, "again")));
        }
    }

    /** What only the journal has. */
    static void second(Target target) {
        target.table(CatalogChange.Action.UPDATE_TABLE, indexed(true));
        for (int i = 15; i < 25; i++) {
            target.write(List.of(put(PLAIN, i, "second")));
            target.write(List.of(put(INDEXED, i, "second")));
        }
        target.write(List.of(delete(PLAIN, 100)));
        target.write(List.of(delete(INDEXED, 100), delete(INDEXED, 0), put(PLAIN, 101, "together")));
        target.write(List.of(new Write(INDEXED, key(5), key(5).with("value", AttributeValue.string("in no index")))));
    }

    /** The items of each table after both parts. */
    static Map<String, Set<Item>> expectedItems() {
        Map<String, Map<Item, Item>> tables = new HashMap<>(Map.of(PLAIN, new HashMap<>(), INDEXED, new HashMap<>()));
        Target model = new Target() {
            @Override
            public void table(CatalogChange.Action action, TableDefinition table) {
                if (action == CatalogChange.Action.DELETE_TABLE) {
                    tables.remove(table.name());
                } else {
                    tables.computeIfAbsent(table.name(), name -> new HashMap<>());
                }
            }

            @Override
            public void write(List<Write> writes) {
                for (Write write : writes) {
                    if (write.item() == null) {
                        tables.get(write.table()).remove(write.key());
                    } else {
                        tables.get(write.table()).put(write.key(), write.item());
                    }
                }
            }
        };
        first(model);
        second(model);
        Map<String, Set<Item>> items = new HashMap<>();
        tables.forEach((table, byKey) -> items.put(table, Set.copyOf(byKey.values())));
        return items;
    }

    static Target into(TableEngine engine) {
        return new Target() {
            @Override
            public void table(CatalogChange.Action action, TableDefinition table) {
                int ids = action == CatalogChange.Action.CREATE_TABLE
                        ? 1 + table.localSecondaryIndexes().size()
                        : 0;
                TestEngines.write(engine, context -> {
                    for (int i = 0; i < ids; i++) {
                        context.newId();
                    }
                    return new Plan<>(List.of(new CatalogMutation(action, table)), table);
                });
            }

            @Override
            public void write(List<Write> writes) {
                TestEngines.write(engine, operation(writes));
            }
        };
    }

    private static WriteOperation<Integer> operation(List<Write> writes) {
        return context -> {
            List<Mutation> mutations = new ArrayList<>();
            for (Write write : writes) {
                TableDefinition table = context.table(write.table()).orElseThrow();
                mutations.add(new ItemMutation(table, write.key(), context.item(table, write.key()), write.item()));
            }
            return new Plan<>(mutations, mutations.size());
        };
    }

    private static Write put(String table, int number, String value) {
        Item item = key(number)
                .with("value", AttributeValue.string(value))
                .with("number", AttributeValue.number("-1.5E-100"))
                .with("binary", AttributeValue.binary((byte) 0, (byte) 0xFF))
                .with("true", AttributeValue.Bool.TRUE)
                .with("null", AttributeValue.Null.INSTANCE)
                .with("strings", new AttributeValue.SS(new LinkedHashSet<>(List.of("a", "\u00e4", "\ud83d\ude00"))))
                .with(
                        "nested",
                        new AttributeValue.L(List.of(
                                AttributeValue.number(number),
                                new AttributeValue.M(new LinkedHashMap<>(Map.of("deep", AttributeValue.string("")))))));
        // Some are in no index.
        return new Write(
                table,
                key(number),
                number % 4 == 2 ? item : item.with("lk", AttributeValue.string("l" + number % 3 + value)));
    }

    private static Write delete(String table, int number) {
        return new Write(table, key(number), null);
    }

    private static Item key(int number) {
        return TestTables.key("pk" + number % 3, number - 7);
    }

    private static TableDefinition table(
            int id,
            String name,
            List<IndexDefinition> indexes,
            StreamDefinition stream,
            String ttlAttribute,
            Map<String, String> tags) {
        Map<String, AttributeType> types = new LinkedHashMap<>();
        types.put("pk", AttributeType.S);
        types.put("sk", AttributeType.N);
        if (!indexes.isEmpty()) {
            types.put("lk", AttributeType.S);
        }
        return new TableDefinition(
                id,
                "uuid-" + id,
                name,
                KeySchema.composite(PK, SK),
                types,
                indexes,
                List.of(),
                BillingMode.PAY_PER_REQUEST,
                null,
                stream,
                ttlAttribute,
                false,
                tags,
                CREATED);
    }
}
