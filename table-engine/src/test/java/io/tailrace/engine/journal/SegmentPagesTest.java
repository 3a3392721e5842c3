package io.tailrace.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.engine.TestTables;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows that a force writes about what was appended, and not what the kernel read around it. */
class SegmentPagesTest {
    private static final Path COUNTERS = Path.of("/proc/self/io");
    private static final int ENTRY_BYTES = 60_000;
    private static final int ENTRIES = 1_000;
    /** Measured: 1.2; without the pages being provided, or with a reader that reads ahead: 20 to 100. */
    private static final double MOST = 2.5;

    @TempDir
    Path dir;

    @Test
    void aForceWritesNotMuchMoreThanWasAppended() throws IOException {
        assumeTrue(Files.isReadable(COUNTERS), "the bytes that are written are counted on Linux only");
        assumeTrue(countsWrites(), "the directory for temporary files is not on a disk");
        String text = "x".repeat(ENTRY_BYTES);
        try (ChronicleJournal journal = ChronicleJournal.open(
                        dir.resolve("journal"),
                        JournalConfig.DEFAULT,
                        new JournalDependencies(Clock.systemUTC(), new SimpleMeterRegistry(), "r"),
                        Shutdown.CLEAN);
                JournalReader reader = journal.openReader()) {
            long before = writtenBytes();
            for (int sequence = 1; sequence <= ENTRIES; sequence++) {
                journal.append(
                        List.of(TestEntries.put(sequence, TestEntries.TIME, TestTables.item("p", sequence, text))));
                journal.sync();
                journal.publish(sequence);
                assertThat(reader.next().sequence()).isEqualTo(sequence);
            }
            assertThat(reader.next()).isNull();
            double written = writtenBytes() - before;
            assertThat(written / journal.sizeBytes())
                    .as("bytes written for each that was appended")
                    .isBetween(1.0, MOST);
        }
    }

    private boolean countsWrites() throws IOException {
        long before = writtenBytes();
        try (FileChannel file =
                FileChannel.open(dir.resolve("probe"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(1 << 20));
            file.force(false);
        }
        return writtenBytes() - before >= 1 << 20;
    }

    private static long writtenBytes() throws IOException {
        String name = "write_bytes: ";
        return Files.readAllLines(COUNTERS).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.substring(name.length())))
                .findFirst()
                .orElseThrow();
    }
}
