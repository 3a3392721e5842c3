package io.tailrace.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.TestEngines;
import io.tailrace.engine.index.BackfillLimits;
import io.tailrace.engine.journal.JournalConfig;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalMutation;
import io.tailrace.engine.journal.JournalReader;
import io.tailrace.engine.read.StateCursor;
import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Binary;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A filled table becomes global and its replica learns of everything, also when engines are stopped on the way; what was deleted
 * stays deleted; the last replica is an ordinary table.
 */
class GlobalTableLifeTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final BackfillLimits FAST = new BackfillLimits(1_000_000, 7, 1 << 20);
    private static final BackfillLimits SLOW = new BackfillLimits(100, 5, 1 << 20);

    @TempDir
    private Path folder;

    private final Map<String, TableEngine> engines = new TreeMap<>();
    /** By two regions: how far the second one has heard of the first one's log. */
    private final Map<String, Long> told = new HashMap<>();

    private TableEngine open(String region, BackfillLimits limits) {
        EngineConfig config = EngineConfig.of(folder.resolve(region), region)
                .withJournal(JournalConfig.DEFAULT.withBlockSizeBytes(4 << 20))
                .withBackfill(limits);
        TableEngine engine = TableEngine.open(config, TestEngines.dependencies());
        engines.put(region, engine);
        return engine;
    }

    @AfterEach
    void close() {
        engines.values().forEach(TableEngine::close);
    }

    @Test
    void aFilledTableGetsReplicasThatLearnOfEverything() {
        open("a", FAST);
        open("b", FAST);
        open("c", FAST);
        createTable("a");
        for (int i = 0; i < 50; i++) {
            put("a", i, "before");
        }
        create("a", "b");
        put("a", 0, "while it is told");
        delete("a", 1);
        settle();
        assertThat(status("b")).isEqualTo("ACTIVE");
        assertThat(items("b")).isEqualTo(items("a")).hasSize(49);

        put("b", 2, "in b");
        delete("b", 3);
        create("b", "c");
        put("a", 4, "in a, which does not know of c");
        settle();
        assertThat(status("c")).isEqualTo("ACTIVE");
        assertThat(items("a")).isEqualTo(items("b"));
        assertThat(items("c")).isEqualTo(items("b")).hasSize(48);
        assertThat(describe("c").replicas())
                .extracting(ReplicaDescription::regionName)
                .containsExactlyInAnyOrder("a", "b");
        assertThat(describe("a").globalTableVersion()).isEqualTo("2019.11.21");
        assertThat(describe("b").streamSpecification().streamViewType()).isEqualTo("NEW_AND_OLD_IMAGES");
    }

    @Test
    void whatWasDeletedBeforeAReplicaWasAddedStaysDeletedThere() {
        open("a", FAST);
        open("b", FAST);
        open("c", FAST);
        createTable("a");
        create("a", "b");
        settle();
        put("a", 1, "late");
        ItemVersion late = new ItemVersion(Instant.now(), "b");
        put("a", 1, "again");
        delete("a", 1);
        create("a", "c");
        settle();
        // A write of b's that it made before it heard of the deletion.
        CommandOutcome outcome = TestEngines.write(
                engines.get("c"),
                new CommandOperation(Command.replicate("late", "b", "Orders", new Command.Put(item(1, "late")), late)));
        assertThat(outcome).isEqualTo(CommandOutcome.OUTDATED);
        assertThat(items("c")).isEmpty();
    }

    @Test
    void theTellingGoesOnAfterARestart() {
        open("a", SLOW);
        open("b", FAST);
        createTable("a");
        for (int i = 0; i < 60; i++) {
            put("a", i, "before");
        }
        create("a", "b");
        await("some items are told", () -> {
            tell("a", "b");
            return engines.get("b").catalog().table("Orders").isPresent()
                    && items("b").size() >= 10;
        });
        assertThat(status("b")).isEqualTo("CREATING");
        for (String region : engines.keySet()) {
            engines.get(region).close();
            open(region, FAST);
        }
        settle();
        assertThat(status("b")).isEqualTo("ACTIVE");
        assertThat(items("b")).isEqualTo(items("a")).hasSize(60);
    }

    @Test
    void theLastReplicaIsAnOrdinaryTableAndCanHaveReplicasAgain() {
        open("a", FAST);
        open("b", FAST);
        createTable("a");
        put("a", 1, "x");
        create("a", "b");
        settle();
        update("a", "'ReplicaUpdates':[{'Delete':{'RegionName':'b'}}]");
        assertThat(describe("a").replicas())
                .extracting(ReplicaDescription::replicaStatus)
                .containsExactly("DELETING");
        settle();
        assertThat(engines.get("b").catalog().table("Orders")).isEmpty();
        assertThat(describe("a").replicas()).isNull();
        assertThat(describe("a").globalTableVersion()).isNull();
        assertThat(engines.get("a").catalog().table("Orders").orElseThrow().isGlobal())
                .isFalse();
        put("a", 2, "alone");

        // All that was ever said is said once more: nothing of it counts any more.
        engines.get("b").close();
        open("b", FAST);
        told.clear();
        settle();
        assertThat(engines.get("b").catalog().table("Orders")).isEmpty();

        create("a", "b");
        settle();
        assertThat(items("b")).isEqualTo(items("a")).hasSize(2);
    }

    private void createTable(String region) {
        new Api(engines.get(region))
                .createTable("{'TableName':'Orders','AttributeDefinitions':[{'AttributeName':'p','AttributeType':'N'}],"
                        + "'KeySchema':[{'AttributeName':'p','KeyType':'HASH'}],'BillingMode':'PAY_PER_REQUEST'}");
    }

    private void create(String region, String replica) {
        update(region, "'ReplicaUpdates':[{'Create':{'RegionName':'" + replica + "'}}]");
    }

    private void update(String region, String what) {
        new Api(engines.get(region)).updateTable("{'TableName':'Orders'," + what + "}");
    }

    private void put(String region, int key, String value) {
        new Api(engines.get(region))
                .putItem("{'TableName':'Orders','Item':{'p':{'N':'" + key + "'},'v':{'S':'" + value + "'}}}");
    }

    private void delete(String region, int key) {
        new Api(engines.get(region)).deleteItem("{'TableName':'Orders','Key':{'p':{'N':'" + key + "'}}}");
    }

    private static Item item(int key, String value) {
        return Requests.item("{'p':{'N':'" + key + "'},'v':{'S':'" + value + "'}}");
    }

    private TableDescription describe(String region) {
        return new Api(engines.get(region))
                .describeTable("{'TableName':'Orders'}")
                .table();
    }

    private String status(String region) {
        return describe(region).tableStatus();
    }

    private Map<String, Item> items(String region) {
        return engines.get(region).read(context -> {
            Map<String, Item> items = new TreeMap<>();
            Optional<TableDefinition> table = context.table("Orders");
            if (table.isPresent()) {
                byte[] prefix = StateKeys.idPrefix(table.get().id());
                try (StateCursor cursor = context.scan(prefix, StateKeys.successor(prefix), true)) {
                    while (cursor.next()) {
                        Item item = cursor.item().item();
                        items.put(item.get("p").toString(), item);
                    }
                }
            }
            return items;
        });
    }

    /** Until nobody has anything to tell, and nothing is being created or deleted. */
    private void settle() {
        await("regions agree", () -> {
            boolean news = false;
            for (String from : engines.keySet()) {
                for (String to : engines.keySet()) {
                    news |= !from.equals(to) && tell(from, to);
                }
            }
            return !news
                    && engines.values().stream()
                            .flatMap(engine -> engine.catalog().table("Orders").stream())
                            .filter(TableDefinition::isGlobal)
                            .allMatch(table ->
                                    table.details().globalTable().tellings().isEmpty());
        });
    }

    /** Brings to a region what another one has in its log since the last time; whether there was anything. */
    private boolean tell(String from, String to) {
        long heard = told.getOrDefault(from + to, 0L);
        long last = heard;
        try (JournalReader reader = engines.get(from).journal().openReader()) {
            for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
                if (entry.sequence() > heard) {
                    for (JournalMutation mutation : entry.mutations()) {
                        tell(ChangeRecordCodec.decode(mutation.changeRecord()), to);
                    }
                    last = entry.sequence();
                }
            }
        }
        told.put(from + to, last);
        return last > heard;
    }

    private void tell(ChangeRecord record, String to) {
        TableEngine engine = engines.get(to);
        if (record.change() instanceof CatalogChange) {
            TestEngines.write(
                    engine,
                    new HearOfTableOperation(
                            new Command.TellTable(Binary.wrap(ChangeRecordCodec.encode(record)), 0, 1), 0, 1));
        } else if (record.change() instanceof ItemChange change
                && record.version() != null
                && (record.origin() == null || record.origin().equals(record.region()))) {
            Command.Action action =
                    change.newImage() == null ? new Command.Delete(change.keys()) : new Command.Put(change.newImage());
            TestEngines.write(
                    engine,
                    new CommandOperation(
                            Command.replicate("r", record.region(), change.tableName(), action, record.version())));
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + LIMIT + ": " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
