package io.tailrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.engine.catalog.StreamTimes;
import io.tailrace.engine.check.EngineCheck;
import io.tailrace.engine.check.Finding;
import io.tailrace.engine.disk.DiskSync;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalReader;
import io.tailrace.engine.journal.MutableClock;
import io.tailrace.engine.operation.CommandOperation;
import io.tailrace.engine.operation.CommandOutcome;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.recovery.DataDirectory;
import io.tailrace.engine.state.BlockCache;
import io.tailrace.engine.state.TableState;
import io.tailrace.engine.writer.BackfillMutation;
import io.tailrace.engine.writer.Mutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.TableDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items of global tables have versions, of which the greater one wins, in writes as after a restart. */
class GlobalTableItemsTest {
    private static final String HERE = TestEngines.REGION;
    private static final String THERE = "zone-2";
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Item KEY = TestTables.key("p", 1);

    @TempDir
    Path dir;

    private final MutableClock clock = new MutableClock(START);
    private TableEngine engine;

    @BeforeEach
    void open() {
        engine = open(dir.resolve("live"));
        TestEngines.write(engine, GlobalTables.createIndexed("T", START, HERE));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void whatIsAcceptedHereHasTheCommitsTimeAndAlwaysAGreaterOneThanBefore() {
        put("first");
        assertThat(last().version()).isEqualTo(new ItemVersion(START, HERE));
        assertThat(last().origin()).isNull();
        clock.advance(Duration.ofSeconds(1));
        put("second");
        assertThat(last().version()).isEqualTo(new ItemVersion(START.plusSeconds(1), HERE));
        assertThat(replicate("of the future", version(100))).isEqualTo(CommandOutcome.APPLIED);
        put("after it");
        ItemVersion after = new ItemVersion(START.plusSeconds(100).plusNanos(1_000), HERE);
        assertThat(last().version()).isEqualTo(after);
        assertThat(version()).isEqualTo(after);
        delete();
        assertThat(version()).isEqualTo(new ItemVersion(START.plusSeconds(100).plusNanos(2_000), HERE));
        put("after the deletion");
        assertThat(version()).isEqualTo(new ItemVersion(START.plusSeconds(100).plusNanos(3_000), HERE));
    }

    @Test
    void theGreaterVersionWinsAndTheWholeItem() {
        put("here");
        assertThat(replicate("earlier", version(-1))).isEqualTo(CommandOutcome.OUTDATED);
        assertThat(value()).isEqualTo("here");
        assertThat(replicate("at the same time, in a greater region", version(0)))
                .isEqualTo(CommandOutcome.APPLIED);
        assertThat(value()).isEqualTo("at the same time, in a greater region");
        assertThat(replicate("again", version(0))).isEqualTo(CommandOutcome.OUTDATED);
        assertThat(last().origin()).isEqualTo(THERE);
        assertThat(last().version()).isEqualTo(version(0));
        assertThat(last().region()).isEqualTo(HERE);
        assertThat(replicate(null, version(5))).isEqualTo(CommandOutcome.APPLIED);
        assertThat(value()).isNull();
        assertThat(replicate("too late", version(4))).isEqualTo(CommandOutcome.OUTDATED);
        assertThat(value()).isNull();
        assertThat(replicate("late enough", version(6))).isEqualTo(CommandOutcome.APPLIED);
        assertThat(value()).isEqualTo("late enough");
    }

    @Test
    void aDeletionThatComesBeforeWhatItDeletedWins() {
        assertThat(replicate(null, version(2))).isEqualTo(CommandOutcome.APPLIED);
        ItemChange change = (ItemChange) last().change();
        assertThat(change.isBackfill()).isTrue();
        assertThat(change.newImage()).isNull();
        assertThat(replicate("deleted elsewhere", version(1))).isEqualTo(CommandOutcome.OUTDATED);
        assertThat(value()).isNull();
    }

    @Test
    void writesThatLeaveTheItemAsItIsWinToo() {
        put("same");
        clock.advance(Duration.ofSeconds(10));
        put("same");
        assertThat(last().version()).isEqualTo(new ItemVersion(START.plusSeconds(10), HERE));
        assertThat(last().origin()).isEqualTo(HERE);
        assertThat(((ItemChange) last().change()).isBackfill()).isTrue();
        assertThat(replicate("between", version(5))).isEqualTo(CommandOutcome.OUTDATED);
        assertThat(replicate("same", version(20))).isEqualTo(CommandOutcome.APPLIED);
        assertThat(version()).isEqualTo(version(20));
        delete();
        clock.advance(Duration.ofSeconds(100));
        delete();
        assertThat(version()).isEqualTo(new ItemVersion(START.plusSeconds(110), HERE));
        assertThat(replicate("between", version(50))).isEqualTo(CommandOutcome.OUTDATED);
    }

    @Test
    void itemsOfATableThatWasThereBeforeHaveItsFirstVersion() {
        TestEngines.write(engine, TestWrites.createTable("Old"));
        TestEngines.write(engine, TestWrites.put("Old", TestTables.item("p", 1, "old")));
        assertThat(last().version()).isNull();
        assertThat(replicate("Old", "not yet", version(100))).isEqualTo(CommandOutcome.TABLE_MISSING);
        Instant since = START.plusSeconds(10);
        TestEngines.write(engine, GlobalTables.join("Old", since, "first-1"));
        assertThat(version("Old")).isEqualTo(new ItemVersion(since, "first-1"));
        assertThat(replicate("Old", "before", version(9))).isEqualTo(CommandOutcome.OUTDATED);
        assertThat(replicate("Old", "after", version(11))).isEqualTo(CommandOutcome.APPLIED);
        TestEngines.write(engine, GlobalTables.leave("Old"));
        Instant again = START.plusSeconds(20);
        TestEngines.write(engine, GlobalTables.join("Old", again, "first-2"));
        assertThat(version("Old")).isEqualTo(new ItemVersion(again, "first-2"));
        TestEngines.write(engine, TestWrites.deleteTable("Old"));
        requireSound();
    }

    @Test
    void recoveryEndsWithTheSameVersions() {
        for (int i = 0; i < 20; i++) {
            Item key = TestTables.key("p" + i % 3, i);
            TestEngines.write(engine, TestWrites.put("T", key.with("value", KEY.get("pk"))));
            TestEngines.write(
                    engine, new CommandOperation(command("T", key, i % 4 == 0 ? null : "far", version(i - 5))));
            clock.advance(Duration.ofSeconds(1));
        }
        List<String> versions = versions();
        assertThat(versions).hasSize(20).doesNotContainNull();
        TestEngines.copy(dir.resolve("live"), dir.resolve("killed"));
        try (TableEngine recovered = open(dir.resolve("killed"))) {
            assertThat(TestEngines.dump(recovered)).isEqualTo(TestEngines.dump(engine));
            assertThat(versions(recovered)).isEqualTo(versions);
        }
        engine.close();
        engine = open(dir.resolve("live"));
        assertThat(versions()).isEqualTo(versions);
        requireSound();
    }

    @Test
    void versionsOfDeletedItemsGoAfterTheirTime() {
        put("item");
        delete();
        ItemVersion deletion = version();
        clock.advance(Duration.ofDays(7));
        TestEngines.write(engine, TestWrites.put("T", TestTables.item("other", 1, "x")));
        assertThat(version()).isEqualTo(deletion);
        clock.advance(Duration.ofDays(7));
        TestEngines.write(engine, TestWrites.put("T", TestTables.item("other", 1, "y")));
        assertThat(version()).isNull();
        assertThat(version("T", TestTables.key("other", 1))).isNotNull();
    }

    @Test
    void aBackfillTellsVersionsAndIsToldFromAWriteThatChangesNothing() {
        put("item");
        ItemVersion version = version();
        clock.advance(Duration.ofSeconds(1));
        put("item");
        assertThat(backfilledUpTo()).isNull();
        TestEngines.write(engine, tell(KEY));
        assertThat(last().version()).isEqualTo(new ItemVersion(START.plusSeconds(1), HERE));
        assertThat(last().origin()).isNull();
        assertThat(version()).isNotEqualTo(version);
        assertThat(backfilledUpTo()).isNotNull();
        TestEngines.write(engine, TestWrites.delete("T", KEY));
        TestEngines.write(engine, tell(KEY));
        assertThat(((ItemChange) last().change()).newImage()).isNull();
        assertThat(last().version()).isEqualTo(version());
    }

    @Test
    void onlyTheKeyOfAReplicatedWriteIsChecked() {
        Command wrongKey = command("T", TestTables.key("p", 1).with("sk", KEY.get("pk")), null, version(1));
        assertThatThrownBy(() -> TestEngines.write(engine, new CommandOperation(wrongKey)))
                .hasMessageContaining("key");
        assertThat(version()).isNull();
    }

    private TableEngine open(Path directory) {
        return TableEngine.open(
                TestEngines.config(directory),
                new EngineDependencies(clock, new SimpleMeterRegistry(), UUID::randomUUID));
    }

    private void put(String value) {
        TestEngines.write(engine, TestWrites.put("T", TestTables.item("p", 1, value)));
    }

    private void delete() {
        TestEngines.write(engine, TestWrites.delete("T", KEY));
    }

    private CommandOutcome replicate(String value, ItemVersion version) {
        return replicate("T", value, version);
    }

    /** @param value null to delete */
    private CommandOutcome replicate(String table, String value, ItemVersion version) {
        return TestEngines.write(engine, new CommandOperation(command(table, KEY, value, version)));
    }

    private static Command command(String table, Item key, String value, ItemVersion version) {
        Command.Action action = value == null
                ? new Command.Delete(key)
                : new Command.Put(key.toBuilder().set("value", value).build());
        return Command.replicate("id", "replication", table, action, version);
    }

    /** Accepted elsewhere, so many seconds after the start. */
    private static ItemVersion version(long seconds) {
        return new ItemVersion(START.plusSeconds(seconds), THERE);
    }

    private String value() {
        Item item = TestEngines.item(engine, "T", KEY);
        return item == null ? null : ((AttributeValue.S) item.get("value")).value();
    }

    private ItemVersion version() {
        return version("T");
    }

    private ItemVersion version(String table) {
        return version(table, KEY);
    }

    private ItemVersion version(String table, Item key) {
        List<ItemVersion> found = new ArrayList<>();
        TestEngines.write(engine, versionsOf(table, List.of(key), found));
        return found.get(0);
    }

    private List<String> versions() {
        return versions(engine);
    }

    private static List<String> versions(TableEngine of) {
        List<Item> keys = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            keys.add(TestTables.key("p" + i % 3, i));
        }
        List<ItemVersion> found = new ArrayList<>();
        TestEngines.write(of, versionsOf("T", keys, found));
        return found.stream().map(ItemVersion::toString).toList();
    }

    private static WriteOperation<Boolean> versionsOf(String name, List<Item> keys, List<ItemVersion> found) {
        return context -> {
            TableDefinition table = context.table(name).orElseThrow();
            for (Item key : keys) {
                found.add(context.version(table, key, context.item(table, key)));
            }
            return new Plan<>(List.of(), true);
        };
    }

    private static WriteOperation<Boolean> tell(Item key) {
        return context -> {
            TableDefinition table = context.table("T").orElseThrow();
            StoredItem item = context.item(table, key);
            Mutation told = new BackfillMutation(table, key, item, context.version(table, key, item));
            return new Plan<>(List.of(told), true);
        };
    }

    /** By a state that all commits are applied to. */
    private byte[] backfilledUpTo() {
        Path directory = dir.resolve("state of " + engine.appliedSequence());
        try (TableState state = TableState.open(directory, () -> {}, StreamTimes.DEFAULT, BlockCache.OWN);
                JournalReader reader = engine.journal().openReader()) {
            for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
                state.apply(List.of(entry));
            }
            return state.backfilledUpTo(
                    engine.catalog().table("T").orElseThrow().id());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The last change of an item. */
    private ChangeRecord last() {
        ChangeRecord last = null;
        try (JournalReader reader = engine.journal().openReader()) {
            for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
                if (!entry.mutations().isEmpty() && !entry.mutations().get(0).catalog()) {
                    last = ChangeRecordCodec.decode(entry.mutations().get(0).changeRecord());
                }
            }
        }
        return last;
    }

    private void requireSound() {
        engine.close();
        try (DataDirectory taken = DataDirectory.open(dir.resolve("live"), "test", DiskSync.SYSTEM)) {
            assertThat(EngineCheck.of(taken, progress -> {}).findings())
                    .allMatch(finding -> finding.kind() == Finding.Kind.OK);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        engine = open(dir.resolve("live"));
    }
}
