package io.tailrace.server.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.writer.ItemMutation;
import io.tailrace.engine.writer.Mutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.processors.replication.Forwarding;
import io.tailrace.schemas.codec.CommandCodec;
import io.tailrace.schemas.key.PartitionHash;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.GlobalTable;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Three regions under one seed: they write few keys at the same time, forward to one another over ways that are cut, that
 * repeat and that are slow, restart, and have clocks that differ by seconds and jump. A checker notes every write that was
 * accepted, what it saw and which version it got, and so knows which one has to win.
 */
final class Convergence implements AutoCloseable {
    private static final String TABLE = "T";
    private static final List<String> NAMES = List.of("ap-east-1", "eu-west-1", "us-east-1");
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final int STEPS = 400;
    private static final int KEYS = 4;
    private static final int MAX_SKEW_MILLIS = 5_000;

    private final Random random;
    private final boolean loses;
    private final List<SimulatedRegion> regions = new ArrayList<>();
    private final List<Way> ways = new ArrayList<>();
    private final List<Item> keys = new ArrayList<>();
    /** By key: the accepted write that wins so far. */
    private final Map<Item, Accepted> winners = new HashMap<>();

    private final List<String> story = new ArrayList<>();
    private int number;

    /** @param item null when it was deleted */
    private record Accepted(ItemVersion version, Item item) {}

    /** What a write found and did. */
    private record Written(Item key, ItemVersion found, Item item) {}

    /** From one partition of a region's mutations into another region. */
    private static final class Way {
        private final SimulatedRegion from;
        private final SimulatedRegion to;
        private final int partition;
        private int position;
        private int committed;
        private boolean cut;

        Way(SimulatedRegion from, SimulatedRegion to, int partition) {
            this.from = from;
            this.to = to;
            this.partition = partition;
        }
    }

    /** @param loses whether a command now and then gets lost: a mistake, which the checker has to see */
    Convergence(long seed, Path directory, boolean loses) {
        random = new Random(seed);
        this.loses = loses;
        for (String name : NAMES) {
            RegionClock clock = new RegionClock(START.plusMillis(skewMillis()));
            SimulatedRegion region = new SimulatedRegion(name, directory.resolve(name), clock);
            region.create(table());
            regions.add(region);
        }
        for (SimulatedRegion from : regions) {
            for (SimulatedRegion to : regions) {
                for (int partition = 0; from != to && partition < SimulatedRegion.PARTITIONS; partition++) {
                    ways.add(new Way(from, to, partition));
                }
            }
        }
        for (int i = 0; i < KEYS; i++) {
            keys.add(Item.builder().set("pk", "key-" + i).build());
        }
    }

    /** Runs, heals, and checks; returns what happened, to be compared with another run. */
    List<String> run() {
        for (int step = 0; step < STEPS; step++) {
            step();
        }
        heal();
        check();
        return story;
    }

    @Override
    public void close() {
        regions.forEach(SimulatedRegion::close);
    }

    private void step() {
        SimulatedRegion region = regions.get(random.nextInt(regions.size()));
        Way way = ways.get(random.nextInt(ways.size()));
        switch (random.nextInt(24)) {
            case 0, 1, 2, 3, 4, 5, 6 -> write(region);
            case 7, 8, 9, 10, 11, 12, 13 -> forward(way);
            case 14, 15, 16, 17, 18, 19 -> region.applyCommand(random.nextInt(SimulatedRegion.PARTITIONS));
            case 20 -> way.position = way.committed; // the replicator begins anew: it comes again
            case 21 -> way.cut = !way.cut;
            case 22 -> region.clock().move(Duration.ofMillis(skewMillis()));
            default -> {
                if (random.nextInt(8) == 0) {
                    boolean killed = random.nextBoolean();
                    region.restart(killed);
                    story.add(region.name() + " restarts, killed: " + killed);
                }
            }
        }
        region.clock().move(Duration.ofMillis(random.nextInt(20)));
    }

    private void write(SimulatedRegion region) {
        List<Written> written = region.write(operation());
        for (Written write : written) {
            ItemVersion version = version(region, write.key());
            assertThat(version.region()).isEqualTo(region.name());
            if (write.found() != null) {
                assertThat(version.isAfter(write.found()))
                        .as("what was written after %s was seen wins over it: %s", write.found(), version)
                        .isTrue();
            }
            winners.merge(
                    write.key(),
                    new Accepted(version, write.item()),
                    (a, b) -> a.version().isAfter(b.version()) ? a : b);
            story.add(region.name() + " " + write + " " + version);
        }
    }

    /** One key or, in a transaction, two; what is written depends on what is there in half of the cases. */
    private WriteOperation<List<Written>> operation() {
        int first = random.nextInt(KEYS);
        List<Item> targets = random.nextInt(5) == 0
                ? List.of(keys.get(first), keys.get((first + 1) % KEYS))
                : List.of(keys.get(first));
        int kind = random.nextInt(6);
        int value = ++number;
        return context -> {
            TableDefinition table = context.table(TABLE).orElseThrow();
            List<Mutation> mutations = new ArrayList<>();
            List<Written> written = new ArrayList<>();
            for (Item key : targets) {
                StoredItem stored = context.item(table, key);
                Item old = stored == null ? null : stored.item();
                boolean refused = kind == 2 && old != null || kind == 3 && old == null;
                if (!refused) {
                    Item item = next(kind, key, old, value);
                    mutations.add(new ItemMutation(table, key, stored, item));
                    written.add(new Written(key, context.version(table, key, stored), item));
                }
            }
            return new Plan<>(mutations, written);
        };
    }

    /** Put, delete, put if there is none, delete if there is one, an update, and a put of what is there already. */
    private static Item next(int kind, Item key, Item old, int value) {
        return switch (kind) {
            case 1, 3 -> null;
            case 4 -> (old == null ? key : old).with("update-" + value % 3, AttributeValue.number(value));
            case 5 -> old;
            default -> key.with("value", AttributeValue.number(value));
        };
    }

    private static ItemVersion version(SimulatedRegion region, Item key) {
        return region.write(context -> {
            TableDefinition table = context.table(TABLE).orElseThrow();
            return new Plan<>(List.of(), context.version(table, key, context.item(table, key)));
        });
    }

    private void forward(Way way) {
        if (way.cut) {
            return;
        }
        List<ChangeRecord> mutations = way.from.mutations(way.partition);
        int batch = 1 + random.nextInt(5);
        for (int i = 0; i < batch && way.position < mutations.size(); i++) {
            ChangeRecord record = mutations.get(way.position++);
            boolean lost = loses && random.nextInt(4) == 0;
            Forwarding.ofItem(record, "simulated").filter(command -> !lost).ifPresent(command -> {
                int hash = PartitionHash.of(table().key(), ((ItemChange) record.change()).keys());
                way.to
                        .commands(PartitionHash.partition(hash, SimulatedRegion.PARTITIONS))
                        .add(CommandCodec.encode(command));
            });
        }
        if (random.nextInt(3) == 0) {
            way.committed = way.position;
        }
    }

    private void heal() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Way way : ways) {
                way.cut = false;
                moved |= way.position < way.from.mutations(way.partition).size();
                forward(way);
            }
            for (SimulatedRegion region : regions) {
                for (int partition = 0; partition < SimulatedRegion.PARTITIONS; partition++) {
                    while (region.applyCommand(partition)) {
                        moved = true;
                    }
                }
            }
        }
    }

    private void check() {
        Map<String, String> expected = new TreeMap<>();
        for (Item key : keys) {
            Accepted winner = winners.get(key);
            expected.put(
                    key.toString(),
                    winner == null
                            ? "nothing of null"
                            : (winner.item() == null ? "nothing" : winner.item()) + " of " + winner.version());
        }
        for (SimulatedRegion region : regions) {
            assertThat(region.content(TABLE, keys)).as(region.name()).isEqualTo(expected);
            region.restart(true);
            assertThat(region.content(TABLE, keys))
                    .as(region.name() + " after a restart")
                    .isEqualTo(expected);
        }
        story.add(expected.toString());
    }

    private int skewMillis() {
        return random.nextInt(2 * MAX_SKEW_MILLIS) - MAX_SKEW_MILLIS;
    }

    private static TableDefinition table() {
        KeyAttribute pk = new KeyAttribute("pk", AttributeType.S);
        TableDefinition table = new TableDefinition(
                1,
                "uuid",
                TABLE,
                KeySchema.simple(pk),
                Map.of("pk", AttributeType.S),
                List.of(),
                List.of(),
                BillingMode.PAY_PER_REQUEST,
                null,
                null,
                null,
                false,
                Map.of(),
                START);
        return table.withDetails(table.details()
                .withGlobalTable(new GlobalTable(
                        "group", START, NAMES.get(0), true, List.of(), Map.of(), Map.of(), List.of(), List.of())));
    }
}
