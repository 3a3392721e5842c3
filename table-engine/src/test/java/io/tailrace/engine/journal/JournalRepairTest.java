package io.tailrace.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.engine.FaultyDisk;
import io.tailrace.engine.disk.DiskSync;
import io.tailrace.engine.step.EngineStep;
import io.tailrace.engine.step.StepListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows what a repair leaves of a journal whose append or force failed. */
class JournalRepairTest {
    private static final JournalConfig CONFIG = JournalConfig.DEFAULT.withBlockSizeBytes(1 << 20);
    /** Each entry in a file of its own. */
    private static final JournalConfig TINY = CONFIG.withRollSizeBytes(1);

    @TempDir
    Path dir;

    private final FaultyDisk disk = new FaultyDisk();

    @Test
    void noFileOfABatchThatFailedHalfwayIsLeft() throws IOException {
        AtomicInteger rolls = new AtomicInteger();
        StepListener steps = step -> {
            if (step == EngineStep.ROLL_BEGINS && rolls.incrementAndGet() == 5) {
                disk.failOpens(1);
            }
        };
        try (ChronicleJournal journal = open(TINY, steps)) {
            journal.append(entries(1, 2));
            journal.publish(2);
            assertThatThrownBy(() -> journal.append(entries(3, 7))).hasMessageContaining("Too many open files");
            assertThat(segments()).hasSize(5);
            disk.failOpens(1);
            assertThatThrownBy(journal::repair).hasMessageContaining("Too many open files");
            journal.repair();
            assertThat(segments()).as("two, and one to go on with").hasSize(3);
            journal.append(entries(3, 3));
            journal.publish(3);
            assertThat(segments()).hasSize(3);
        }
        try (ChronicleJournal journal = open(CONFIG, StepListener.NONE)) {
            assertThat(replay(journal)).containsExactly(1L, 2L, 3L);
        }
    }

    /** Linux takes pages for clean after a force that failed: another one of the same file would succeed. */
    @Test
    void aFileThatCouldNotBeForcedAfterItWasCutIsWrittenAnew() throws IOException {
        try (ChronicleJournal journal = open(CONFIG, StepListener.NONE)) {
            journal.append(entries(1, 3));
            journal.publish(3);
            journal.append(entries(4, 4));
            Object before = inode();
            disk.failForces(1);
            assertThatThrownBy(journal::repair).hasMessageContaining("Input/output error");
            assertThat(inode()).isEqualTo(before);
            journal.repair();
            assertThat(inode()).isNotEqualTo(before);
            assertThat(replay(journal)).containsExactly(1L, 2L, 3L);
            journal.append(entries(4, 5));
            journal.publish(5);
            assertThat(segments()).hasSize(2);
        }
        try (ChronicleJournal journal = open(CONFIG, StepListener.NONE)) {
            assertThat(replay(journal)).containsExactly(1L, 2L, 3L, 4L, 5L);
        }
    }

    @Test
    void whatWasCutOffIsNotNoted() throws IOException {
        try (JournalEnd end = JournalEnd.open(dir, new JournalEnd.Note(1, 1), DiskSync.SYSTEM)) {
            end.note(new JournalEnd.Note(2, 1));
            end.note(new JournalEnd.Note(3, 2));
            end.lower(new JournalEnd.Note(2, 1));
            assertThat(JournalEnd.read(dir)).contains(new JournalEnd.Note(2, 1));
        }
    }

    private ChronicleJournal open(JournalConfig config, StepListener steps) throws IOException {
        Clock clock = Clock.fixed(TestEntries.TIME, ZoneOffset.UTC);
        return ChronicleJournal.open(
                dir,
                config,
                new JournalDependencies(clock, new SimpleMeterRegistry(), "r", steps, disk),
                Shutdown.CLEAN);
    }

    private Object inode() throws IOException {
        return Files.getAttribute(Segment.of(dir, 1).file(), "unix:ino");
    }

    private List<Path> segments() throws IOException {
        return Directories.list(dir).stream().filter(Files::isDirectory).toList();
    }

    private static List<JournalEntry> entries(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(TestEntries::put).toList();
    }

    private static List<Long> replay(ChronicleJournal journal) throws IOException {
        List<Long> sequences = new ArrayList<>();
        journal.replay(1, entry -> sequences.add(entry.sequence()));
        return sequences;
    }
}
