package io.tailrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailrace.engine.catalog.TableStream;
import io.tailrace.engine.check.EngineCheck;
import io.tailrace.engine.check.Finding;
import io.tailrace.engine.disk.DiskSync;
import io.tailrace.engine.read.StateCursor;
import io.tailrace.engine.recovery.DataDirectory;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shows that a directory of each format that was ever published is read completely, written to, and read again. */
class GoldenDirectoryTest {
    private static final String NEWEST = "format-3";
    private static final Map<String, Set<Item>> EXPECTED = GoldenContent.expectedItems();

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"format-1", "format-2", NEWEST})
    void isReadWrittenAndReadAgain(String name) throws IOException {
        Path data = dir.resolve("data");
        GoldenDirectories.unpack(name, data);
        try (TableEngine engine = GoldenDirectories.open(data)) {
            requireContent(engine);
            for (TableDefinition table : engine.catalog().tables()) {
                write(engine, table);
            }
        }
        requireHealthy(data);
        try (TableEngine engine = GoldenDirectories.open(data)) {
            for (TableDefinition table : engine.catalog().tables()) {
                assertThat(items(engine, table.id()))
                        .hasSize(EXPECTED.get(table.name()).size() + 1);
                assertThat(TestEngines.item(engine, table.name(), written())).isEqualTo(written());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"format-1", "format-2", NEWEST})
    void isBuiltAnewFromItsJournal(String name) throws IOException {
        Path data = dir.resolve("data");
        GoldenDirectories.unpack(name, data);
        try (Stream<Path> paths = Files.walk(data.resolve("state"))) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        try (TableEngine engine = GoldenDirectories.open(data)) {
            requireContent(engine);
        }
        requireHealthy(data);
    }

    /** Not a test: writes the directory of the current format when it is asked to, before a release makes another one. */
    @Test
    void writesTheNewestOne() throws IOException {
        String target = System.getProperty("tailrace.golden.write");
        assumeTrue(target != null, "-Dtailrace.golden.write=FILE.zip was not given");
        GoldenDirectories.write(dir, Path.of(target));
    }

    private static void requireContent(TableEngine engine) {
        assertThat(engine.appliedSequence()).isEqualTo(GoldenContent.COMMITS);
        assertThat(engine.catalog().nextId()).isEqualTo(GoldenContent.NEXT_ID);
        List<TableDefinition> tables = engine.read(context -> List.copyOf(context.tables()));
        assertThat(tables).containsExactly(GoldenContent.indexed(true), GoldenContent.plain());
        for (TableDefinition table : List.of(GoldenContent.plain(), GoldenContent.indexed(true))) {
            Set<Item> items = EXPECTED.get(table.name());
            assertThat(items(engine, table.id())).containsExactlyInAnyOrderElementsOf(items);
            for (IndexDefinition index : table.localSecondaryIndexes()) {
                Set<Item> indexed = items.stream()
                        .filter(item -> item.has("lk"))
                        .map(item -> index.projection().apply(item, table.key(), index.key()))
                        .collect(Collectors.toSet());
                assertThat(items(engine, index.id())).containsExactlyInAnyOrderElementsOf(indexed);
            }
            TableStream stream =
                    engine.read(context -> context.latestStream(table.id())).orElseThrow();
            assertThat(stream.enabled()).isTrue();
            assertThat(stream.table().stream()).isEqualTo(table.stream());
        }
        assertThat(TestEngines.itemCollections(engine))
                .hasSize(3)
                .allSatisfy((key, size) -> assertThat(size).isPositive());
    }

    private static void requireHealthy(Path data) throws IOException {
        try (DataDirectory taken = DataDirectory.open(data, "test", DiskSync.SYSTEM)) {
            assertThat(EngineCheck.of(taken, progress -> {}).findings())
                    .allMatch(finding -> finding.kind() == Finding.Kind.OK);
        }
    }

    private static void write(TableEngine engine, TableDefinition table) {
        TestEngines.write(engine, TestWrites.put(table.name(), written()));
    }

    private static Item written() {
        return TestTables.item("pk0", 1_000, "later").with("lk", AttributeValue.string("later"));
    }

    private static List<Item> items(TableEngine engine, int id) {
        byte[] prefix = StateKeys.idPrefix(id);
        return engine.read(context -> {
            List<Item> items = new ArrayList<>();
            try (StateCursor cursor = context.scan(prefix, StateKeys.successor(prefix), true)) {
                while (cursor.next()) {
                    items.add(cursor.item().item());
                }
            }
            return items;
        });
    }
}
