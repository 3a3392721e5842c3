package io.tailrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.journal.CommandPosition;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;
import io.tailrace.engine.read.StateCursor;
import io.tailrace.engine.read.TableStatistics;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.TableDefinition;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows that an engine keeps what it acknowledged, shows it to reads, and finds it again after a restart. */
class TableEngineTest {
    @TempDir
    Path dir;

    @Test
    void writesAreReadAndSurviveARestart() {
        List<String> before;
        try (TableEngine engine = TestEngines.open(dir)) {
            TestEngines.write(engine, TestWrites.createTable("Music"));
            for (int i = 0; i < 100; i++) {
                TestEngines.write(engine, TestWrites.put("Music", TestTables.item("artist" + i % 7, i, "song " + i)));
            }
            TestEngines.write(engine, TestWrites.delete("Music", TestTables.key("artist0", 0)));
            assertThat(TestEngines.item(engine, "Music", TestTables.key("artist0", 0)))
                    .isNull();
            assertThat(TestEngines.item(engine, "Music", TestTables.key("artist1", 1)))
                    .isEqualTo(TestTables.item("artist1", 1, "song 1"));
            assertThat(engine.appliedSequence()).isEqualTo(102);
            before = TestEngines.dump(engine);
        }
        try (TableEngine engine = TestEngines.open(dir)) {
            assertThat(TestEngines.dump(engine)).isEqualTo(before);
            assertThat(engine.health().writable()).isTrue();
            TestEngines.write(engine, TestWrites.put("Music", TestTables.item("late", 1, "x")));
            assertThat(engine.appliedSequence()).isEqualTo(103);
        }
    }

    @Test
    void aReadOfMemoryAloneFindsWhatIsThereAndSaysWhenItIsNot() {
        Item stored = TestTables.item("artist", 1, "song");
        ReadOperation<Item> read = new ReadOperation<>() {
            @Override
            public Item execute(ReadContext context) {
                TableDefinition table = context.table("Music").orElseThrow();
                return context.item(table, stored).item();
            }
        };
        try (TableEngine engine = TestEngines.open(dir)) {
            TestEngines.write(engine, TestWrites.createTable("Music"));
            TestEngines.write(engine, TestWrites.put("Music", stored));
            assertThat(engine.readInMemory(read)).contains(stored);
        }
        try (TableEngine engine = TestEngines.open(dir)) { // the state was written to its files when it was closed
            assertThat(engine.readInMemory(read)).isEmpty();
            assertThat(engine.read(read)).isEqualTo(stored);
            assertThat(engine.readInMemory(read)).contains(stored);
        }
    }

    @Test
    void aWriteThatChangesNothingIsNotJournaled() {
        try (TableEngine engine = TestEngines.open(dir)) {
            TestEngines.write(engine, TestWrites.createTable("T"));
            TestEngines.write(engine, TestWrites.put("T", TestTables.item("a", 1, "x")));
            TestEngines.write(engine, TestWrites.put("T", TestTables.item("a", 1, "x")));
            TestEngines.write(engine, TestWrites.delete("T", TestTables.key("none", 1)));
            assertThat(engine.appliedSequence()).isEqualTo(2);
        }
    }

    @Test
    void statisticsCountItemsAndBytesExactly() {
        try (TableEngine engine = TestEngines.open(dir)) {
            TableDefinition table = TestEngines.write(engine, TestWrites.createTable("T"));
            Item small = TestTables.item("a", 1, "x");
            Item large = TestTables.item("a", 1, "x".repeat(1000));
            Item other = TestTables.item("b", 2, "y");
            TestEngines.write(engine, TestWrites.put("T", small));
            TestEngines.write(engine, TestWrites.put("T", other));
            TestEngines.write(engine, TestWrites.put("T", large));
            assertThat(statistics(engine, table))
                    .isEqualTo(new TableStatistics(2, ItemSize.of(large) + ItemSize.of(other)));
            TestEngines.write(engine, TestWrites.delete("T", TestTables.key("a", 1)));
            assertThat(statistics(engine, table)).isEqualTo(new TableStatistics(1, ItemSize.of(other)));
        }
    }

    @Test
    void statisticsCountTheEntriesOfLocalIndexes() {
        Item indexed = TestTables.item("a", 1, "x").toBuilder().set("lk", "l").build();
        Item longer = TestTables.item("a", 1, "xyz").toBuilder().set("lk", "l").build();
        int indexId;
        try (TableEngine engine = TestEngines.open(dir)) {
            indexId = TestEngines.write(engine, TestWrites.createIndexedTable("T"))
                    .localSecondaryIndexes()
                    .get(0)
                    .id();
            TestEngines.write(engine, TestWrites.put("T", indexed));
            TestEngines.write(engine, TestWrites.put("T", TestTables.item("b", 1, "not in the index")));
            TestEngines.write(engine, TestWrites.put("T", longer));
            assertThat(statistics(engine, indexId)).isEqualTo(new TableStatistics(1, ItemSize.of(longer)));
        }
        try (TableEngine engine = TestEngines.open(dir)) {
            assertThat(statistics(engine, indexId)).isEqualTo(new TableStatistics(1, ItemSize.of(longer)));
            TestEngines.write(engine, TestWrites.put("T", TestTables.item("a", 1, "no longer in the index")));
            assertThat(statistics(engine, indexId)).isEqualTo(TableStatistics.NONE);
            TestEngines.write(engine, TestWrites.put("T", indexed));
            TestEngines.write(engine, TestWrites.deleteTable("T"));
            assertThat(statistics(engine, indexId)).isEqualTo(TableStatistics.NONE);
        }
    }

    @Test
    void aDeletedTableTakesItsItemsAlongAndItsIdIsNotUsedAgain() {
        try (TableEngine engine = TestEngines.open(dir)) {
            TableDefinition first = TestEngines.write(engine, TestWrites.createIndexedTable("T"));
            TableDefinition other = TestEngines.write(engine, TestWrites.createTable("Other"));
            TestEngines.write(
                    engine,
                    TestWrites.put(
                            "T",
                            TestTables.item("a", 1, "x").toBuilder()
                                    .set("lk", "l")
                                    .build()));
            TestEngines.write(engine, TestWrites.put("Other", TestTables.item("a", 1, "stays")));
            TestEngines.write(engine, TestWrites.deleteTable("T"));
            TableDefinition second = TestEngines.write(engine, TestWrites.createIndexedTable("T"));

            assertThat(second.id()).isGreaterThan(other.id()).isGreaterThan(first.id() + 1);
            assertThat(keys(engine, first.id())).isEmpty();
            assertThat(keys(engine, first.id() + 1)).isEmpty();
            assertThat(keys(engine, second.id())).isEmpty();
            assertThat(keys(engine, other.id())).hasSize(1);
            assertThat(statistics(engine, first)).isEqualTo(TableStatistics.NONE);
        }
        try (TableEngine engine = TestEngines.open(dir)) {
            int highest = engine.catalog().table("T").orElseThrow().id() + 1;
            assertThat(TestEngines.write(engine, TestWrites.createTable("New")).id())
                    .isGreaterThan(highest);
        }
    }

    @Test
    void scansGoBothWaysWithinTheirBounds() {
        try (TableEngine engine = TestEngines.open(dir)) {
            TableDefinition table = TestEngines.write(engine, TestWrites.createTable("T"));
            for (int i = 0; i < 10; i++) {
                TestEngines.write(engine, TestWrites.put("T", TestTables.item("a", i, "v" + i)));
            }
            byte[] from = StateKeys.tableKey(table, TestTables.key("a", 3));
            byte[] to = StateKeys.tableKey(table, TestTables.key("a", 7));
            assertThat(values(engine, from, to, true)).containsExactly("v3", "v4", "v5", "v6");
            assertThat(values(engine, from, to, false)).containsExactly("v6", "v5", "v4", "v3");
            assertThat(values(engine, to, from, true)).isEmpty();
        }
    }

    @Test
    void anotherEngineOnTheSameDirectoryIsRefused() {
        try (TableEngine engine = TestEngines.open(dir)) {
            assertThat(engine.health().readable()).isTrue();
            assertThatThrownBy(() -> TestEngines.open(dir))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("in use");
        }
        TestEngines.open(dir).close();
    }

    @Test
    void commandsAreCarriedOutOnceAndTheirPositionsSurvive() throws Exception {
        try (TableEngine engine = TestEngines.open(dir)) {
            TestEngines.write(engine, TestWrites.createTable("T"));
            assertThat(engine.appliedCommandOffset(0)).isEqualTo(-1);
            Item key = TestTables.key("a", 1);
            assertThat(command(engine, 0)).isNull();
            assertThat(command(engine, 3)).isNull();
            assertThat(command(engine, 3)).isInstanceOf(IllegalArgumentException.class);
            // Refused and changing nothing: the position moves all the same.
            CompletableFuture<Item> refused =
                    engine.write(TestWrites.putIfAbsent("T", TestTables.item("a", 1, "x")), new CommandPosition(0, 4));
            assertThat(failure(refused)).isInstanceOf(DynamoException.class);
            assertThat(failure(
                            engine.write(TestWrites.delete("T", TestTables.key("none", 1)), new CommandPosition(1, 9))))
                    .isNull();
            assertThat(TestEngines.item(engine, "T", key).get("count").toString())
                    .contains("2");
        }
        try (TableEngine engine = TestEngines.open(dir)) {
            assertThat(engine.appliedCommandOffset(0)).isEqualTo(4);
            assertThat(engine.appliedCommandOffset(1)).isEqualTo(9);
            assertThat(engine.appliedSequence()).isEqualTo(5);
        }
    }

    @Test
    void aWriteThatDoesNotFitIntoTheJournalIsRefused() {
        try (TableEngine engine = TestEngines.open(dir)) {
            TestEngines.write(engine, TestWrites.createTable("T"));
            Item huge = TestTables.item("a", 1, "x".repeat(2 << 20));
            assertThatThrownBy(() -> TestEngines.write(engine, TestWrites.put("T", huge)))
                    .isInstanceOfSatisfying(
                            DynamoException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.VALIDATION))
                    .hasMessageContaining("journal");
            Item large = TestTables.item("a", 1, "x".repeat(400 << 10));
            TestEngines.write(engine, TestWrites.put("T", large));
            TestEngines.write(engine, TestWrites.put("T", TestTables.item("a", 1, "y".repeat(400 << 10))));
            assertThat(engine.appliedSequence()).isEqualTo(3);
        }
    }

    private static Throwable command(TableEngine engine, long offset) throws Exception {
        return failure(engine.write(TestWrites.increment("T", TestTables.key("a", 1)), new CommandPosition(0, offset)));
    }

    private static Throwable failure(CompletableFuture<?> future) throws Exception {
        return future.handle((result, failure) -> failure).get(90, TimeUnit.SECONDS);
    }

    private static TableStatistics statistics(TableEngine engine, TableDefinition table) {
        return statistics(engine, table.id());
    }

    private static TableStatistics statistics(TableEngine engine, int id) {
        return engine.read(context -> context.statistics(id));
    }

    private static List<String> keys(TableEngine engine, int id) {
        byte[] from = StateKeys.idPrefix(id);
        return values(engine, from, StateKeys.successor(from), true);
    }

    private static List<String> values(TableEngine engine, byte[] from, byte[] to, boolean forward) {
        return engine.read(context -> {
            List<String> values = new ArrayList<>();
            try (StateCursor cursor = context.scan(from, to, forward)) {
                while (cursor.next()) {
                    values.add(((io.tailrace.schemas.model.AttributeValue.S)
                                    cursor.item().item().get("value"))
                            .value());
                }
            }
            return values;
        });
    }
}
