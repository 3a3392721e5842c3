package io.tailrace.engine;

import io.tailrace.engine.journal.RequestToken;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.writer.ItemMutation;
import io.tailrace.engine.writer.Mutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Random writes of all kinds: tables with and without a local index, items small and large, transactions, tokens. */
final class RandomWrites {
    private static final int LARGE_TEXT = 20_000;

    private final Random random;

    RandomWrites(Random random) {
        this.random = random;
    }

    WriteOperation<?> next() {
        String table = "T" + random.nextInt(3);
        String pk = "p" + random.nextInt(4);
        int sk = random.nextInt(6);
        Item item = item(pk, sk);
        WriteOperation<?> write = switch (random.nextInt(20)) {
            case 0 -> random.nextInt(4) == 0 ? TestWrites.deleteTable(table) : TestWrites.put(table, item);
            case 1, 2, 3 -> TestWrites.delete(table, TestTables.key(pk, sk));
            case 4, 5 -> TestWrites.putIfAbsent(table, item);
            case 6, 7, 8 -> transaction(table, 2 + random.nextInt(6), random.nextInt(2) == 0 ? null : token());
            default -> TestWrites.put(table, item);
        };
        WriteOperation<?> creation =
                table.equals("T0") ? TestWrites.createTable(table) : TestWrites.createIndexedTable(table);
        return context -> {
            Plan<?> plan = context.table(table).isEmpty() ? creation.plan(context) : write.plan(context);
            return new Plan<Object>(plan.mutations(), plan.response(), plan.requestToken());
        };
    }

    private WriteOperation<Integer> transaction(String name, int size, RequestToken token) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            items.add(item("p" + i, random.nextInt(6)));
        }
        return context -> {
            TableDefinition table = context.table(name).orElseThrow();
            List<Mutation> mutations = new ArrayList<>();
            for (Item item : items) {
                Item key = table.key().keyOf(item);
                StoredItem old = context.item(table, key);
                mutations.add(new ItemMutation(table, key, old, item));
            }
            return new Plan<>(mutations, size, token);
        };
    }

    private RequestToken token() {
        byte[] fingerprint = new byte[RequestToken.FINGERPRINT_BYTES];
        random.nextBytes(fingerprint);
        return new RequestToken(
                Long.toHexString(random.nextLong()), HexFormat.of().formatHex(fingerprint));
    }

    private Item item(String pk, int sk) {
        Item.Builder item = TestTables.item(pk, sk, text()).toBuilder();
        return random.nextInt(4) == 0
                ? item.build()
                : item.set("lk", "l" + random.nextInt(3)).build();
    }

    private String text() {
        int length = random.nextInt(8) == 0 ? random.nextInt(LARGE_TEXT) : random.nextInt(200);
        return Integer.toHexString(random.nextInt()).repeat(1 + length / 8);
    }
}
