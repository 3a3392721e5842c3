package io.tailrace.server.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.capture.EmbeddedBroker;
import io.tailrace.capture.EmbeddedBrokerConfig;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalMutation;
import io.tailrace.engine.journal.JournalReader;
import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.instances.Instances;
import io.tailrace.processors.replication.ReplicationState;
import io.tailrace.processors.replication.Replicator;
import io.tailrace.processors.ttl.TtlConfig;
import io.tailrace.processors.ttl.TtlProcessor;
import io.tailrace.schemas.codec.ChangeRecordCodec;
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
import io.tailrace.schemas.model.Replica;
import io.tailrace.schemas.model.ReplicaSettings;
import io.tailrace.schemas.model.ReplicaStatus;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.UserIdentity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two engines with a real broker become alike: while both are written to, after one was cut off for long, and when items
 * expire, which is the service's deletion in one region and an ordinary one in the other.
 */
@Timeout(300)
class ReplicationIT {
    private static final String TABLE = "Global";
    private static final String WEST = "eu-west-1";
    private static final String EAST = "us-east-1";
    private static final Duration LIMIT = Duration.ofSeconds(110);
    private static final int KEYS = 20;

    @TempDir
    Path dir;

    private final Random random = new Random(20_261_121);
    private final List<Item> keys = IntStream.range(0, KEYS)
            .mapToObj(i -> Item.builder().set("pk", "key-" + i).build())
            .toList();

    @Test
    void twoRegionsBecomeAlike() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(new EmbeddedBrokerConfig(dir.resolve("broker"), 0));
                ReplicatedEngine west = new ReplicatedEngine(WEST, broker.bootstrapServers(), dir);
                ReplicatedEngine east = new ReplicatedEngine(EAST, broker.bootstrapServers(), dir)) {
            west.create(table());
            east.create(table());
            try (Replicator toEast = start(west, east);
                    Replicator toWest = start(east, west)) {
                write(west, east, 300);
                awaitAlike(west, east);
                await("running", () -> toEast.state() == ReplicationState.RUNNING);
                assertThat(toEast.status().forwarded()).isPositive();
                assertThat(toWest.status().forwarded()).isPositive();
            }
            write(west, east, 2_000); // cut off
            try (Replicator toEast = start(west, east);
                    Replicator toWest = start(east, west)) {
                awaitAlike(west, east);
                expire(broker, west, east);
                await(
                        "nothing is pending",
                        () -> toEast.status().pendingRecords().orElse(-1) == 0
                                && toWest.status().pendingRecords().orElse(-1) == 0);
            }
            // What came from there is not sent back: each side has its own writes and those of the other once.
            assertThat(changes(east))
                    .allMatch(record ->
                            record.origin() == null || record.version().region().equals(record.origin()));
        }
    }

    private void expire(EmbeddedBroker broker, ReplicatedEngine west, ReplicatedEngine east) throws Exception {
        Item expired = Item.builder()
                .set("pk", "expires")
                .set("ttl", Instant.now().minusSeconds(60).getEpochSecond())
                .build();
        Item key = Item.builder().set("pk", "expires").build();
        ProcessorConfig config = new ProcessorConfig(
                broker.bootstrapServers(), WEST, dir.resolve("ttl"), ReplicatedEngine.PARTITIONS, null, 1, 0, Map.of());
        try (Instances alone = Instances.asking(Map.of("bootstrap.servers", broker.bootstrapServers()));
                TtlProcessor ttl = new TtlProcessor(config, TtlConfig.DEFAULT, alone, new SimpleMeterRegistry())) {
            ttl.start();
            west.put(TABLE, expired);
            await(
                    "the item is there",
                    () -> !deletions(east, key).isEmpty()
                            || !east.items(TABLE, List.of(key)).isEmpty());
            await(
                    "the item has expired in both",
                    () -> !deletions(west, key).isEmpty()
                            && !deletions(east, key).isEmpty());
        }
        ChangeRecord here = deletions(west, key).get(0);
        ChangeRecord there = deletions(east, key).get(0);
        assertThat(here.userIdentity()).isEqualTo(UserIdentity.TIME_TO_LIVE);
        assertThat(there.userIdentity()).isNull();
        assertThat(there.origin()).isEqualTo(WEST);
        assertThat(there.version()).isEqualTo(here.version());
        assertThat(deletions(east, key)).hasSize(1);
    }

    private void write(ReplicatedEngine west, ReplicatedEngine east, int count) {
        for (int i = 0; i < count; i++) {
            ReplicatedEngine region = random.nextBoolean() ? west : east;
            Item key = keys.get(random.nextInt(KEYS));
            if (random.nextInt(4) == 0) {
                region.delete(TABLE, key);
            } else {
                region.put(TABLE, key.with("value", AttributeValue.number(i)));
            }
        }
        // So that there is something to wait for: each region wrote this last, and the later one wins.
        west.put(TABLE, keys.get(0).with("value", AttributeValue.string("of the west " + count)));
        east.put(TABLE, keys.get(1).with("value", AttributeValue.string("of the east " + count)));
    }

    private void awaitAlike(ReplicatedEngine west, ReplicatedEngine east) {
        await("alike", () -> {
            Map<String, String> items = west.items(TABLE, keys);
            return items.equals(east.items(TABLE, keys))
                    && items.getOrDefault(keys.get(0).toString(), "").contains("of the west")
                    && items.getOrDefault(keys.get(1).toString(), "").contains("of the east");
        });
    }

    private static List<ChangeRecord> deletions(ReplicatedEngine region, Item key) {
        return changes(region).stream()
                .filter(record -> record.change() instanceof ItemChange item
                        && item.keys().equals(key)
                        && item.newImage() == null)
                .toList();
    }

    private static List<ChangeRecord> changes(ReplicatedEngine region) {
        List<ChangeRecord> changes = new ArrayList<>();
        try (JournalReader reader = region.engine().journal().openReader()) {
            for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
                for (JournalMutation mutation : entry.mutations()) {
                    if (!mutation.catalog()) {
                        changes.add(ChangeRecordCodec.decode(mutation.changeRecord()));
                    }
                }
            }
        }
        return changes;
    }

    private static Replicator start(ReplicatedEngine source, ReplicatedEngine target) {
        Replicator replicator =
                new Replicator(source.kafka(), target.kafka(), Clock.systemUTC(), new SimpleMeterRegistry());
        replicator.start();
        return replicator;
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + LIMIT + ": " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** As both regions have it once they have agreed on the replicas. */
    private static TableDefinition table() {
        KeyAttribute pk = new KeyAttribute("pk", AttributeType.S);
        Instant since = Instant.now().minusSeconds(3_600);
        ItemVersion created = new ItemVersion(Instant.EPOCH, WEST);
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
                "ttl",
                false,
                Map.of(),
                since);
        List<Replica> replicas = List.of(
                new Replica(WEST, created, ReplicaStatus.ACTIVE, created, ReplicaSettings.NONE),
                new Replica(EAST, created, ReplicaStatus.ACTIVE, created, ReplicaSettings.NONE));
        GlobalTable global =
                new GlobalTable("group", Instant.EPOCH, WEST, true, replicas, Map.of(), Map.of(), List.of(), List.of());
        return table.withDetails(table.details().withGlobalTable(global));
    }
}
