package io.tailrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.tailrace.engine.journal.JournalConfig;
import io.tailrace.engine.journal.JournalCorruptException;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalReader;
import io.tailrace.engine.recovery.StateLostException;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Shows that whatever single file of a data directory is damaged, cut off or lost, what is read afterwards is what was
 * written, or it is refused with the file's name: never something else.
 */
class DamagedDirectoryTest {
    /** Bytes of each file that are flipped, one after the other; more in a long run. */
    private static final int FLIPS = Integer.getInteger("tailrace.damage.flips", 1);

    private static final long SEED = Long.getLong("tailrace.test.seed", 20_261_121L);

    @TempDir
    Path dir;

    private int copies;

    /** What can be said of a directory's past. */
    enum Past {
        /** The process was killed: the state is behind the journal, which begins with the first commit. */
        KILLED(JournalConfig.DEFAULT.retention(), true),
        /** It was closed, and the journal's first files were removed: the state is the only copy of what they had. */
        CLOSED_AND_SHORTENED(Duration.ZERO, false);

        private final JournalConfig journal;
        private final boolean killed;

        Past(Duration retention, boolean killed) {
            this.journal = JournalConfig.DEFAULT
                    .withBlockSizeBytes(1 << 20)
                    .withRollSizeBytes(24_000)
                    .withRetention(retention);
            this.killed = killed;
        }
    }

    /** One way to damage a file. */
    private record Damage(String what, Harm harm) {
        interface Harm {
            void apply(Path file) throws IOException;
        }
    }

    @ParameterizedTest
    @EnumSource(Past.class)
    void noDamageChangesWhatIsRead(Past past) throws IOException {
        Path original = dir.resolve("original");
        List<String> expected = write(original, past);
        Map<String, Integer> outcomes = new TreeMap<>();
        Random random = new Random(SEED);
        for (Path file : files(original)) {
            String name = original.relativize(file).toString();
            for (Damage damage : damages(file, random)) {
                String outcome = outcome(original, name, damage, past, expected);
                outcomes.merge(outcome, 1, Integer::sum);
            }
        }
        // Both happen, or nothing was tested.
        assertThat(outcomes).containsKeys("identical", "refused");
    }

    @Test
    void aStateWithoutAFileIsBuiltAnewFromAWholeJournal() throws IOException {
        Path data = dir.resolve("data");
        List<String> expected = write(data, Past.KILLED);
        Files.delete(data.resolve("state/CURRENT"));
        try (TableEngine engine = open(data, Past.KILLED)) {
            assertThat(TestEngines.dump(engine)).isEqualTo(expected);
        }
        List<Path> aside;
        try (Stream<Path> paths = Files.list(data)) {
            aside = paths.filter(path -> path.getFileName().toString().startsWith("state.damaged-"))
                    .toList();
        }
        assertThat(aside).hasSize(1);
        assertThat(files(aside.get(0))).isNotEmpty();
        try (TableEngine engine = open(data, Past.KILLED)) {
            assertThat(TestEngines.dump(engine)).isEqualTo(expected);
        }
    }

    @Test
    void aDamagedStateThatIsTheOnlyCopyIsLeftAsItIs() throws IOException {
        Path data = dir.resolve("data");
        write(data, Past.CLOSED_AND_SHORTENED);
        Files.delete(data.resolve("state/CURRENT"));
        List<Path> before = files(data);
        assertThatThrownBy(() -> open(data, Past.CLOSED_AND_SHORTENED))
                .isInstanceOf(StateLostException.class)
                .hasMessageContaining("CURRENT")
                .hasMessageContaining("the only copy")
                .hasMessageContaining("tailrace doctor");
        assertThat(files(data)).isEqualTo(before);
    }

    @Test
    void anEndOfTheJournalThatIsGoneIsNoticed() throws IOException {
        Path data = dir.resolve("data");
        write(data, Past.KILLED);
        List<Path> segments = segments(data);
        Path last = segments.get(segments.size() - 1);
        Files.delete(last.resolve("19700101-00.cq4"));
        assertThatThrownBy(() -> open(data, Past.KILLED))
                .isInstanceOf(JournalCorruptException.class)
                .hasMessageContaining("were lost");
    }

    @Test
    void aJournalThatIsGoneIsNotTakenForANewOne() throws IOException {
        Path data = dir.resolve("data");
        write(data, Past.KILLED);
        Files.move(data.resolve("journal"), dir.resolve("elsewhere"));
        assertThatThrownBy(() -> open(data, Past.KILLED)).hasMessageContaining("journal is missing");
        assertThat(data.resolve("journal")).doesNotExist();
    }

    /** What an operator sees of damage that comes while the engine runs: the item's read fails, the rest is served. */
    @Test
    void damageThatIsMetWhileRunningIsReportedAndTheRestIsServed() throws IOException {
        Path data = dir.resolve("data");
        write(data, Past.CLOSED_AND_SHORTENED);
        Path items = files(data.resolve("state")).stream()
                .filter(file -> file.toString().endsWith(".sst"))
                .max(Comparator.comparingLong(file -> file.toFile().length()))
                .orElseThrow();
        flip(items, 100);
        try (TableEngine engine = open(data, Past.CLOSED_AND_SHORTENED)) {
            assertThatThrownBy(() -> TestEngines.dump(engine)).hasMessageContaining(".sst");
            assertThat(engine.health().damaged()).isTrue();
            assertThat(engine.health().detail()).contains(".sst").contains("tailrace doctor");
            assertThat(engine.health().readable()).isTrue();
        }
    }

    private String outcome(Path original, String name, Damage damage, Past past, List<String> expected)
            throws IOException {
        Path copy = dir.resolve("copy-" + copies++);
        SparseFiles.copy(original, copy);
        damage.harm().apply(copy.resolve(name));
        String what = name + ": " + damage.what();
        try (TableEngine engine = open(copy, past)) {
            List<String> found = TestEngines.dump(engine);
            assertThat(found).as(what).isEqualTo(expected);
            readJournal(engine);
            return "identical";
        } catch (RuntimeException refused) {
            String message = messages(refused);
            if (!message.contains(Path.of(name).getFileName().toString()) && !message.contains(copy.toString())) {
                fail(what + " is refused without the file's name: " + message, refused);
            }
            return "refused";
        } finally {
            delete(copy);
        }
    }

    private static void readJournal(TableEngine engine) {
        try (JournalReader reader = engine.journal().openReader()) {
            long expected = engine.journal().firstSequence();
            for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
                assertThat(entry.sequence()).isEqualTo(expected++);
            }
            assertThat(expected).isEqualTo(engine.appliedSequence() + 1);
        }
    }

    private static List<Damage> damages(Path file, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int content = SparseFiles.contentLength(bytes);
        List<Damage> damages = new ArrayList<>();
        damages.add(new Damage("deleted", Files::delete));
        if (bytes.length > 0) {
            damages.add(new Damage("cut to half", path -> truncate(path, content / 2)));
            damages.add(new Damage("without its last byte", path -> truncate(path, Math.max(content - 1, 0))));
        }
        for (int i = 0; i < FLIPS && content > 0; i++) {
            int at = random.nextInt(content);
            damages.add(new Damage("flipped at " + at, path -> flip(path, at)));
        }
        return damages;
    }

    private List<String> write(Path data, Past past) throws IOException {
        Path live = past.killed ? dir.resolve("live-" + data.getFileName()) : data;
        Random random = new Random(SEED);
        try (TableEngine engine = open(live, past)) {
            TestEngines.write(engine, TestWrites.createTable("Plain"));
            TestEngines.write(engine, TestWrites.createIndexedTable("Indexed"));
            writes(engine, random, 60);
        }
        try (TableEngine engine = open(live, past)) {
            writes(engine, random, 40);
            if (past.journal.retention().isZero()) {
                engine.allowJournalRemoval(engine::appliedSequence);
                long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
                while (engine.journal().firstSequence() == 1) {
                    assertThat(System.nanoTime()).isLessThan(deadline);
                    Thread.onSpinWait();
                }
            }
        }
        List<String> dump;
        try (TableEngine engine = open(live, past)) {
            writes(engine, random, 30);
            dump = TestEngines.dump(engine);
            if (past.killed) {
                SparseFiles.copy(live, data);
            }
        }
        assertThat(segments(data)).hasSizeGreaterThan(1);
        return dump;
    }

    private static void writes(TableEngine engine, Random random, int count) {
        for (int i = 0; i < count; i++) {
            Item key = TestTables.key("pk-" + random.nextInt(8), random.nextInt(8));
            Item item = key.with("lk", AttributeValue.string("l" + random.nextInt(4)))
                    .with("value", AttributeValue.string(text(random)));
            String table = random.nextBoolean() ? "Plain" : "Indexed";
            TestEngines.write(
                    engine, random.nextInt(5) == 0 ? TestWrites.delete(table, key) : TestWrites.put(table, item));
        }
    }

    /** Nothing that a compression could shorten: so there are blocks to damage. */
    private static String text(Random random) {
        byte[] bytes = new byte[400];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static TableEngine open(Path data, Past past) {
        return TableEngine.open(
                TestEngines.config(data)
                        .withJournal(past.journal)
                        .withFlushInterval(past.killed ? Duration.ofDays(1) : Duration.ofMillis(20)),
                TestEngines.dependencies());
    }

    private static String messages(Throwable failure) {
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.append(cause).append('\n');
        }
        return messages.toString();
    }

    private static void truncate(Path file, long length) throws IOException {
        try (RandomAccessFile raf = new RandomAccessFile(file.toFile(), "rw")) {
            raf.setLength(length);
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile raf = new RandomAccessFile(file.toFile(), "rw")) {
            raf.seek(at);
            int before = raf.read();
            raf.seek(at);
            raf.write(before ^ (1 << at % 8));
        }
    }

    private static List<Path> segments(Path data) throws IOException {
        try (Stream<Path> paths = Files.list(data.resolve("journal"))) {
            return paths.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static List<Path> files(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
