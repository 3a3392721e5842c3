package io.tailrace.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.engine.disk.DiskSync;
import io.tailrace.engine.step.StepListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows that a journal knows its size also when it has not read all of its files, and keeps a file as long as it is needed. */
class JournalSizeTest {
    /** Blocks of 1 MB, each entry in a file of its own; at the start only the last file is read. */
    private static final JournalConfig TINY =
            new JournalConfig(Duration.ofDays(9), 1, Duration.ofDays(9), 1 << 20, 0, 1 << 20);

    private static final int ENTRIES = 12;

    @TempDir
    Path dir;

    @Test
    void filesThatAreNotReadCountByTheirLength() throws IOException {
        long written;
        try (ChronicleJournal journal = open(TINY)) {
            append(journal);
            written = journal.sizeBytes();
            assertThat(Files.size(Segment.of(dir, 1).file())).isLessThan(128 << 10);
            assertThat(Files.size(Segment.of(dir, ENTRIES).file())).isGreaterThan(1 << 20);
        }
        try (ChronicleJournal journal = open(TINY)) {
            assertThat(journal.sizeBytes()).isBetween(written, written + ENTRIES * (128L << 10));
        }
    }

    @Test
    void aFileStaysAsLongAsCaptureOrRetentionNeedsItAndNoLonger() throws IOException {
        try (ChronicleJournal journal = open(TINY.withMaxSizeBytes(1L << 40))) {
            append(journal);
            assertThat(journal.remove(ENTRIES)).as("all are young").isZero();
        }
        try (ChronicleJournal journal = open(TINY.withMaxSizeBytes(1L << 40).withRetention(Duration.ZERO))) {
            assertThat(journal.remove(0)).as("nothing is captured").isZero();
            assertThat(journal.remove(5)).isEqualTo(5);
            assertThat(journal.firstSequence()).isEqualTo(6);
            assertThat(journal.remove(5)).isZero();
            assertThat(journal.remove(ENTRIES)).as("all but the last").isEqualTo(ENTRIES - 6);
            assertThat(journal.firstSequence()).isEqualTo(ENTRIES);
        }
        try (ChronicleJournal journal = open(TINY.withMaxSizeBytes(1L << 40))) {
            assertThat(journal.firstSequence()).isEqualTo(ENTRIES);
        }
    }

    private static void append(ChronicleJournal journal) throws IOException {
        for (int i = 1; i <= ENTRIES; i++) {
            journal.append(List.of(TestEntries.put(i)));
            journal.publish(i);
        }
    }

    private ChronicleJournal open(JournalConfig config) throws IOException {
        return ChronicleJournal.open(
                dir,
                config,
                new JournalDependencies(
                        Clock.fixed(TestEntries.TIME.plus(Duration.ofDays(1)), ZoneOffset.UTC),
                        new SimpleMeterRegistry(),
                        "r",
                        StepListener.NONE,
                        DiskSync.SYSTEM),
                Shutdown.CLEAN);
    }
}
