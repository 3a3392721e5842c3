package io.tailrace.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.engine.TestTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows that a journal gives back what was appended: to recovery, to readers, over its files and restarts. */
class ChronicleJournalTest {
    private static final JournalConfig CONFIG = JournalConfig.DEFAULT.withBlockSizeBytes(1 << 20);

    @TempDir
    Path dir;

    private final MutableClock clock = new MutableClock(TestEntries.TIME);

    @Test
    void entriesAreReplayedFromAnyNumber() throws IOException {
        try (ChronicleJournal journal = open(CONFIG)) {
            append(journal, 1, 50);
        }
        try (ChronicleJournal journal = open(CONFIG)) {
            assertThat(journal.firstSequence()).isEqualTo(1);
            assertThat(journal.lastSequence()).isEqualTo(50);
            append(journal, 51, 60);
        }
        try (ChronicleJournal journal = open(CONFIG.withRollSizeBytes(1000))) {
            append(journal, 61, 99);
            for (long from : new long[] {1, 2, 50, 51, 61, 75, 99, 100}) {
                assertThat(replay(journal, from)).isEqualTo(range(from, 99));
            }
            assertThatThrownBy(() -> replay(journal, 101))
                    .isInstanceOfSatisfying(
                            JournalCorruptException.class,
                            e -> assertThat(e.expectedSequence()).isEqualTo(101));
        }
    }

    @Test
    void readersSeeOnlyWhatIsPublished() throws IOException {
        try (ChronicleJournal journal = open(CONFIG);
                JournalReader reader = journal.openReader()) {
            assertThat(reader.next()).isNull();
            append(journal, 1, 3);
            assertThat(reader.next()).isNull();
            journal.publish(2);
            assertThat(read(reader)).isEqualTo(range(1, 2));
            journal.publish(3);
            assertThat(read(reader)).isEqualTo(range(3, 3));
        }
    }

    @Test
    void readersGoOverAllFilesAndTailTheLast() throws IOException {
        JournalConfig small = CONFIG.withRollSizeBytes(2000);
        try (ChronicleJournal journal = open(small)) {
            append(journal, 1, 30);
        }
        try (ChronicleJournal journal = open(small);
                JournalReader reader = journal.openReader()) {
            assertThat(read(reader)).isEqualTo(range(1, 30));
            for (int sequence = 31; sequence < 70; sequence++) {
                append(journal, sequence, sequence);
                journal.publish(sequence);
                assertThat(read(reader)).containsExactly((long) sequence);
            }
            assertThat(Directories.list(dir)).hasSizeGreaterThan(4);
            reader.seek(25);
            assertThat(read(reader)).isEqualTo(range(25, 69));
            reader.seek(70);
            assertThat(reader.next()).isNull();
            append(journal, 70, 70);
            journal.publish(70);
            EntryCodecTest.assertSame(reader.next(), TestEntries.put(70));
            assertThatThrownBy(() -> reader.seek(0)).isInstanceOf(JournalTruncatedException.class);
            assertThatThrownBy(() -> reader.seek(72)).isInstanceOf(JournalTruncatedException.class);
        }
    }

    @Test
    void aNewFileIsBegunWhenTheOldOneIsOldOrLarge() throws IOException {
        JournalConfig config = CONFIG.withRollInterval(Duration.ofMinutes(10));
        try (ChronicleJournal journal = open(config)) {
            append(journal, 1, 3);
            clock.advance(Duration.ofMinutes(9));
            append(journal, 4, 4);
            assertThat(segments()).hasSize(1);
            clock.advance(Duration.ofMinutes(1));
            append(journal, 5, 5);
            assertThat(segments()).hasSize(2);
            // What the old file has is on the disk, though nobody asked for it.
            assertThat(journal.syncedSequence()).isEqualTo(4);
        }
    }

    @Test
    void filesAreRemovedWhenNobodyNeedsThemAndTheyAreOld() throws IOException {
        JournalConfig config = CONFIG.withRollInterval(Duration.ofMinutes(10)).withRetention(Duration.ofHours(1));
        try (ChronicleJournal journal = open(config)) {
            for (long sequence = 1; sequence <= 20; sequence++) {
                journal.append(
                        List.of(TestEntries.put(sequence, clock.instant(), TestTables.item("a", sequence, "x"))));
                clock.advance(Duration.ofMinutes(5));
            }
            // Ten files of two entries; the second of the first is 95 minutes old.
            assertThat(journal.remove(1)).isZero();
            assertThat(journal.remove(3)).isEqualTo(1);
            assertThat(journal.firstSequence()).isEqualTo(3);
            assertThat(journal.remove(20)).isEqualTo(3);
            assertThat(replay(journal, 9)).isEqualTo(range(9, 20));
            assertThatThrownBy(() -> replay(journal, 8)).isInstanceOf(JournalCorruptException.class);
            try (JournalReader reader = journal.openReader()) {
                assertThatThrownBy(() -> reader.seek(8)).isInstanceOf(JournalTruncatedException.class);
            }
            clock.advance(Duration.ofDays(1));
            assertThat(journal.remove(20)).isEqualTo(5);
            // The file that is appended to stays.
            assertThat(replay(journal, 19)).isEqualTo(range(19, 20));
        }
        try (ChronicleJournal journal = open(config)) {
            assertThat(journal.firstSequence()).isEqualTo(19);
            assertThat(journal.lastSequence()).isEqualTo(20);
            append(journal, 21, 21);
        }
    }

    @Test
    void waitingEndsWithTheNextEntryOrTheTimeOrTheEnd() throws Exception {
        ChronicleJournal journal = open(CONFIG);
        assertThat(journal.awaitReadable(0, Duration.ofMillis(1))).isFalse();
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> await(journal, 0));
        append(journal, 1, 1);
        journal.publish(1);
        assertThat(waiting.get(90, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Boolean> forever = CompletableFuture.supplyAsync(() -> await(journal, 1));
        journal.close();
        assertThat(forever.get(90, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void leftoversOfRemovedAndNeverWrittenFilesAreDeleted() throws IOException {
        try (ChronicleJournal journal = open(CONFIG)) {
            append(journal, 1, 2);
        }
        Files.createDirectories(dir.resolve("removed-00000000000000000000").resolve("x"));
        Files.createDirectory(Segment.of(dir, 3).directory());
        try (ChronicleJournal journal = open(CONFIG)) {
            assertThat(journal.lastSequence()).isEqualTo(2);
            assertThat(segments()).hasSize(1);
            append(journal, 3, 3);
        }
    }

    @Test
    void anEntryHasAtMostAQuarterOfABlock() throws IOException {
        try (ChronicleJournal journal = open(JournalConfig.DEFAULT.withBlockSizeBytes(16 << 20))) {
            JournalMutation mutation = TestEntries.mutation(1, TestTables.item("a", 1, "x".repeat(400 << 10)));
            append(journal, List.of(mutation, mutation, mutation));
            assertThat(replay(journal, 1)).isEqualTo(range(1, 1));
            assertThatThrownBy(() -> append(journal, Collections.nCopies(12, mutation)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void append(ChronicleJournal journal, List<JournalMutation> mutations) throws IOException {
        journal.append(List.of(new JournalEntry(journal.lastSequence() + 1, Instant.EPOCH, mutations, null)));
    }

    private static boolean await(ChronicleJournal journal, long sequence) {
        try {
            return journal.awaitReadable(sequence, Duration.ofSeconds(60));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<Path> segments() throws IOException {
        return Directories.list(dir).stream().filter(Files::isDirectory).toList();
    }

    private ChronicleJournal open(JournalConfig config) throws IOException {
        return ChronicleJournal.open(
                dir, config, new JournalDependencies(clock, new SimpleMeterRegistry(), "r"), Shutdown.CLEAN);
    }

    private static void append(ChronicleJournal journal, long from, long to) throws IOException {
        for (long sequence = from; sequence <= to; sequence++) {
            journal.append(List.of(TestEntries.put(sequence)));
        }
    }

    private static List<Long> replay(ChronicleJournal journal, long from) throws IOException {
        List<Long> sequences = new ArrayList<>();
        journal.replay(from, entry -> {
            EntryCodecTest.assertSame(entry, entry);
            sequences.add(entry.sequence());
        });
        return sequences;
    }

    private static List<Long> read(JournalReader reader) {
        List<Long> sequences = new ArrayList<>();
        for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
            sequences.add(entry.sequence());
        }
        return sequences;
    }

    private static List<Long> range(long from, long to) {
        List<Long> range = new ArrayList<>();
        for (long sequence = from; sequence <= to; sequence++) {
            range.add(sequence);
        }
        return range;
    }
}
