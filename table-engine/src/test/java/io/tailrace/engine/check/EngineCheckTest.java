package io.tailrace.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.SparseFiles;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.TestEngines;
import io.tailrace.engine.TestTables;
import io.tailrace.engine.TestWrites;
import io.tailrace.engine.catalog.StreamTimes;
import io.tailrace.engine.disk.DiskSync;
import io.tailrace.engine.recovery.DataDirectory;
import io.tailrace.engine.state.StateDamage;
import io.tailrace.schemas.model.AttributeValue;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows that a check finds what is wrong, changes nothing, and that a repair sets it right and keeps what it replaces. */
class EngineCheckTest {
    @TempDir
    Path dir;

    private Path data;
    /** The journal with one more commit. */
    private Path later;

    private List<String> expected;

    @BeforeEach
    void write() {
        Path live = dir.resolve("live");
        data = dir.resolve("data");
        later = dir.resolve("later");
        try (TableEngine engine = TestEngines.open(live)) {
            TestEngines.write(engine, TestWrites.createTable("Plain"));
            TestEngines.write(engine, TestWrites.createIndexedTable("Indexed"));
            put(engine, 30);
        }
        try (TableEngine engine = TestEngines.open(live)) {
            put(engine, 40);
            expected = TestEngines.dump(engine);
            SparseFiles.copy(live, data);
            TestEngines.write(engine, TestWrites.put("Plain", TestTables.item("pk", 1, "later")));
            SparseFiles.copy(live.resolve("journal"), later);
        }
    }

    @Test
    void aHealthyDirectoryHasNoFindings() throws IOException {
        assertThat(check())
                .allMatch(finding -> finding.kind() == Finding.Kind.OK)
                .hasSizeGreaterThan(3);
        assertThat(check().toString())
                .contains("checksums right, no number missing")
                .contains("the next start applies");
        assertThat(repair()).isEmpty();
        requireSame();
    }

    @Test
    void aFlippedBlockOfTheStateIsFoundAndRebuiltFromTheJournal() throws IOException {
        flip(newestSst(), 60);
        assertThat(open()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.REPAIRABLE);
            assertThat(finding.text()).contains(".sst");
        });
        assertThat(repair())
                .singleElement()
                .satisfies(done -> assertThat(done.text()).contains("state.damaged-"));
        assertThat(open()).isEmpty();
        requireSame();
    }

    @Test
    void damageOfTheJournalIsReportedAndLeftAlone() throws IOException {
        Path file;
        try (Stream<Path> paths = Files.walk(data.resolve("journal"))) {
            file = paths.filter(path -> path.toString().endsWith(".cq4"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        int entry = SparseFiles.contentLength(bytes) - 50;
        flip(file, entry);
        assertThat(open()).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.DAMAGE);
            assertThat(finding.text()).contains(file.toString()).contains("expected sequence");
        });
        byte[] before = Files.readAllBytes(file);
        assertThat(repair()).isEmpty();
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void wrongIndexesAndCountersAreMadeAnewFromTheItems() throws Exception {
        StateDamage.falsifyDerived(data.resolve("state"));
        assertThat(open())
                .hasSizeGreaterThan(2)
                .allMatch(finding -> finding.kind() == Finding.Kind.REPAIRABLE
                        && finding.part().equals("indexes"));
        assertThat(repair())
                .singleElement()
                .satisfies(done -> assertThat(done.text()).contains("before-repair"));
        assertThat(open()).isEmpty();
        requireSame();
    }

    @Test
    void aTornEndIsCutOffAndKept() throws IOException {
        // The process is killed while it writes an entry: its bytes are there, and not the header in front of them.
        Path file = newestJournalFile();
        int end = endOfEntries(Files.readAllBytes(file));
        byte[] bytes = Files.readAllBytes(
                later.resolve(data.resolve("journal").relativize(file).toString()));
        Arrays.fill(bytes, end, end + Integer.BYTES, (byte) 0);
        SparseFiles.write(file, bytes, SparseFiles.contentLength(bytes), bytes.length);
        assertThat(open()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.REPAIRABLE);
            assertThat(finding.part()).isEqualTo("journal");
            assertThat(finding.text()).contains(file.toString());
        });
        assertThat(repair())
                .singleElement()
                .satisfies(done -> assertThat(done.text()).contains("the torn end of"));
        assertThat(open()).isEmpty();
        try (Stream<Path> paths = Files.list(data)) {
            assertThat(paths.map(path -> path.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("journal.torn-at-" + end));
        }
        requireSame();
        try (TableEngine engine = TestEngines.open(data)) {
            put(engine, 1);
        }
        assertThat(open()).isEmpty();
    }

    @Test
    void whatARemovalLeftIsDeleted() throws IOException {
        Path left = data.resolve("journal/removed-00000000000000000000");
        Files.createDirectories(left);
        assertThat(open())
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).contains("removed-"));
        assertThat(repair()).hasSize(1);
        assertThat(left).doesNotExist();
        requireSame();
    }

    private static void put(TableEngine engine, int count) {
        for (int i = 0; i < count; i++) {
            for (String table : List.of("Plain", "Indexed")) {
                TestEngines.write(
                        engine,
                        TestWrites.put(
                                table,
                                TestTables.item("pk" + i % 5, i, "value-" + count)
                                        .with("lk", AttributeValue.string("l" + i % 3))));
            }
        }
    }

    private List<Finding> open() throws IOException {
        return check().stream()
                .filter(finding -> finding.kind() != Finding.Kind.OK)
                .toList();
    }

    private List<Finding> check() throws IOException {
        try (DataDirectory taken = DataDirectory.open(data, "test", DiskSync.SYSTEM)) {
            return EngineCheck.of(taken, progress -> {}).findings();
        }
    }

    private List<Finding> repair() throws IOException {
        try (DataDirectory taken = DataDirectory.open(data, "test", DiskSync.SYSTEM)) {
            return EngineRepair.of(taken, EngineCheck.of(taken, progress -> {}), StreamTimes.DEFAULT);
        }
    }

    private void requireSame() {
        try (TableEngine engine = TestEngines.open(data)) {
            assertThat(TestEngines.dump(engine)).isEqualTo(expected);
        }
    }

    private Path newestJournalFile() throws IOException {
        try (Stream<Path> paths = Files.walk(data.resolve("journal"))) {
            return paths.filter(path -> path.toString().endsWith(".cq4"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    /** Where the next entry would begin: each has its length before it, and begins at a multiple of four. */
    private static int endOfEntries(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        for (int header = file.getInt(at); header != 0; header = file.getInt(at)) {
            at = (at + 4 + (header & 0x3FFF_FFFF) + 3) / 4 * 4;
        }
        return at;
    }

    private Path newestSst() throws IOException {
        try (Stream<Path> paths = Files.list(data.resolve("state"))) {
            return paths.filter(path -> path.toString().endsWith(".sst"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile raf = new RandomAccessFile(file.toFile(), "rw")) {
            raf.seek(at);
            int before = raf.read();
            raf.seek(at);
            raf.write(before ^ 4);
        }
    }
}
