package io.tailrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.engine.journal.JournalConfig;
import io.tailrace.engine.journal.JournalCorruptException;
import io.tailrace.schemas.model.AttributeValue;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows that journal files go when they are captured and flushed, not before, and that the engine starts without them. */
class JournalRemovalTest {
    @TempDir
    Path dir;

    @Test
    void filesGoWhenCapturedAndFlushedAndTheRestStarts() {
        List<String> before;
        try (TableEngine engine = open()) {
            TestEngines.write(engine, TestWrites.createTable("T"));
            for (int i = 0; i < 200; i++) {
                TestEngines.write(engine, TestWrites.increment("T", TestTables.key("a", i % 10)));
            }
            AtomicLong captured = new AtomicLong();
            AtomicLong asked = new AtomicLong();
            engine.allowJournalRemoval(() -> {
                asked.incrementAndGet();
                return captured.get();
            });
            awaitAtLeast(asked, 3);
            assertThat(engine.journal().firstSequence()).isEqualTo(1);

            captured.set(100);
            long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
            while (engine.journal().firstSequence() < 50) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.onSpinWait();
            }
            assertThat(engine.journal().firstSequence()).isLessThanOrEqualTo(101);
            before = TestEngines.dump(engine);
        }
        try (TableEngine engine = open()) {
            assertThat(engine.journal().firstSequence()).isBetween(50L, 101L);
            assertThat(TestEngines.dump(engine)).isEqualTo(before);
            assertThat(TestEngines.write(engine, TestWrites.increment("T", TestTables.key("a", 0)))
                            .get("count"))
                    .isEqualTo(AttributeValue.number(21));
        }
    }

    /** The way out that docs/operations.md gives for damage to an older file. */
    @Test
    void aDamagedFileThatTheStateDoesNotNeedCanBeTakenAway() throws IOException {
        List<String> before;
        try (TableEngine engine = open()) {
            TestEngines.write(engine, TestWrites.createTable("T"));
            for (int i = 0; i < 100; i++) {
                TestEngines.write(engine, TestWrites.increment("T", TestTables.key("a", i % 10)));
            }
            before = TestEngines.dump(engine);
        }
        List<Path> segments;
        try (Stream<Path> paths = Files.list(dir.resolve("journal"))) {
            segments = paths.filter(Files::isDirectory).sorted().toList();
        }
        assertThat(segments).hasSizeGreaterThan(3);
        try (RandomAccessFile file =
                new RandomAccessFile(segments.get(1).resolve("19700101-00.cq4").toFile(), "rw")) {
            file.seek(0);
            file.write(new byte[100_000]);
        }
        assertThatThrownBy(this::open).isInstanceOf(JournalCorruptException.class);
        for (Path segment : segments.subList(0, 2)) {
            Files.move(segment, dir.resolve("aside-" + segment.getFileName()));
        }
        try (TableEngine engine = open()) {
            assertThat(TestEngines.dump(engine)).isEqualTo(before);
        }
    }

    private static void awaitAtLeast(AtomicLong counter, long value) {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (counter.get() < value) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private TableEngine open() {
        return TableEngine.open(
                TestEngines.config(dir)
                        .withFlushInterval(Duration.ofMillis(20))
                        .withJournal(JournalConfig.DEFAULT
                                .withBlockSizeBytes(1 << 20)
                                .withRollSizeBytes(3000)
                                .withRetention(Duration.ZERO)),
                TestEngines.dependencies());
    }
}
