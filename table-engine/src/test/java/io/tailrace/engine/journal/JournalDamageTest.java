package io.tailrace.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shows that damage to a journal is found with its place, that a torn end is not taken for damage, nor damage for that. */
class JournalDamageTest {
    private static final JournalConfig CONFIG = JournalConfig.DEFAULT.withBlockSizeBytes(1 << 20);
    private static final int HEADER_BYTES = 4;

    @TempDir
    Path dir;

    /** Entry n + 1's document begins at offsets.get(n). */
    private final List<Long> offsets = new ArrayList<>();

    @Test
    void everyDamagedByteIsFoundWithItsPlace() throws IOException {
        Path file = write(4, false);
        long end = offsets.get(3) + HEADER_BYTES + length(4);
        for (long at = offsets.get(0); at < end; at++) {
            byte original = damage(file, at, (byte) (1 << at % 8));
            long sequence = entryAt(at);
            if (sequence > 0) {
                assertThatThrownBy(() -> open(Shutdown.PROCESS_ENDED))
                        .as("byte %d", at)
                        .isInstanceOfSatisfying(JournalCorruptException.class, e -> {
                            assertThat(e.file()).isEqualTo(file);
                            assertThat(e.expectedSequence()).isEqualTo(sequence);
                            assertThat(e.index()).isEqualTo(sequence - 1);
                            assertThat(e).hasMessageContaining("0x" + (sequence - 1));
                        });
            }
            restore(file, at, original);
        }
        assertThat(openAndReplay(Shutdown.CLEAN)).hasSize(4);
    }

    /** Chronicle's own documents and its file header: their damage is found, or it harms nothing. */
    @Test
    void damageInFrontOfTheEntriesLosesNothingSilently() throws IOException {
        Path file = write(3, false);
        List<Long> whole = openAndReplay(Shutdown.PROCESS_ENDED);
        for (long at = 0; at < offsets.get(0); at += at < 400 ? 1 : 97) {
            byte original = damage(file, at, (byte) 0xFF);
            try {
                assertThat(openAndReplay(Shutdown.PROCESS_ENDED))
                        .as("byte %d", at)
                        .isEqualTo(whole);
            } catch (JournalCorruptException e) {
                assertThat(e.expectedSequence()).isEqualTo(1);
            }
            restore(file, at, original);
        }
    }

    @ParameterizedTest
    @EnumSource(Shutdown.class)
    void aZeroedHeaderBetweenEntriesIsDamage(Shutdown shutdown) throws IOException {
        Path file = write(6, true);
        zero(file, offsets.get(2), HEADER_BYTES);
        assertThatThrownBy(() -> open(shutdown))
                .isInstanceOfSatisfying(
                        JournalCorruptException.class,
                        e -> assertThat(e.expectedSequence()).isEqualTo(3))
                .hasMessageContaining("missing");
    }

    @ParameterizedTest
    @EnumSource(Shutdown.class)
    void damageOfWhatWasForcedIsNeverATornEnd(Shutdown shutdown) throws IOException {
        Path file = write(6, true);
        damage(file, offsets.get(3) + 30, (byte) 1);
        assertThatThrownBy(() -> open(shutdown)).isInstanceOf(JournalCorruptException.class);
    }

    @Test
    void theEntryThatAKilledProcessWasWritingIsIgnoredAndCutOff() throws IOException {
        Path file = write(6, false);
        zero(file, offsets.get(5), HEADER_BYTES);
        assertThatThrownBy(() -> open(Shutdown.CLEAN)).isInstanceOf(JournalCorruptException.class);
        assertThat(openAndReplay(Shutdown.PROCESS_ENDED)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(openAndReplay(Shutdown.CLEAN)).containsExactly(1L, 2L, 3L, 4L, 5L);
        appendAfterwards(6);
    }

    /** Chronicle marks a new file's beginning as not complete until it is. */
    @Test
    void aFileThatAKilledProcessWasMakingIsIgnored() throws IOException {
        write(5, false);
        Path made = Segment.of(dir, 6).file();
        Files.createDirectories(made.getParent());
        byte[] bytes = new byte[1 << 16];
        bytes[3] = (byte) 0x80; // little endian: bit 31
        Files.write(made, bytes);
        assertThatThrownBy(() -> open(Shutdown.CLEAN)).isInstanceOf(JournalCorruptException.class);
        assertThat(openAndReplay(Shutdown.PROCESS_ENDED)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(openAndReplay(Shutdown.CLEAN)).containsExactly(1L, 2L, 3L, 4L, 5L);
        appendAfterwards(6);
    }

    @Test
    void aBeginningThatIsNotCompleteInFrontOfAnEntryIsDamage() throws IOException {
        Path file = write(1, false);
        damage(file, 3, (byte) 0x80);
        assertThatThrownBy(() -> open(Shutdown.PROCESS_ENDED)).isInstanceOf(JournalCorruptException.class);
    }

    @Test
    void halfAnEntryAtTheEndIsIgnored() throws IOException {
        Path file = write(6, false);
        zero(file, offsets.get(5), HEADER_BYTES);
        zero(file, offsets.get(5) + 40, 30);
        assertThat(openAndReplay(Shutdown.PROCESS_ENDED)).containsExactly(1L, 2L, 3L, 4L, 5L);
        appendAfterwards(6);
    }

    /** A loss of power may leave pages of a batch in any combination, when nobody was told of the batch. */
    @Test
    void aBatchThatPowerTookIsIgnoredAsAWhole() throws IOException {
        Path file = write(6, false);
        damage(file, offsets.get(3) + 30, (byte) 1);
        assertThatThrownBy(() -> open(Shutdown.PROCESS_ENDED)).isInstanceOf(JournalCorruptException.class);
        assertThat(openAndReplay(Shutdown.POWER_LOST)).containsExactly(1L, 2L, 3L);
        assertThat(openAndReplay(Shutdown.CLEAN)).containsExactly(1L, 2L, 3L);
        appendAfterwards(4);
    }

    @Test
    void aFirstEntryThatPowerTookLeavesNoFileBehind() throws IOException {
        Path file = write(2, false);
        damage(file, offsets.get(0) + 30, (byte) 1);
        assertThat(openAndReplay(Shutdown.POWER_LOST)).isEmpty();
        appendAfterwards(1);
    }

    @Test
    void aMissingFileIsFound() throws IOException {
        write(2, false);
        appendAfterwards(3);
        appendAfterwards(4);
        Directories.delete(Segment.of(dir, 3).directory());
        assertThatThrownBy(() -> open(Shutdown.CLEAN))
                .isInstanceOfSatisfying(
                        JournalCorruptException.class,
                        e -> assertThat(e.expectedSequence()).isEqualTo(3));
    }

    @Test
    void damageOfAnOlderFileIsFound() throws IOException {
        Path file = write(4, false);
        appendAfterwards(5);
        damage(file, offsets.get(1) + 20, (byte) 4);
        assertThatThrownBy(() -> open(Shutdown.POWER_LOST))
                .isInstanceOfSatisfying(
                        JournalCorruptException.class,
                        e -> assertThat(e.expectedSequence()).isEqualTo(2));
    }

    @Test
    void aReaderReportsDamageThatCameAfterTheStart() throws IOException {
        Path file = write(4, false);
        try (ChronicleJournal journal = open(Shutdown.CLEAN);
                JournalReader reader = journal.openReader()) {
            damage(file, offsets.get(2) + 50, (byte) 4);
            assertThat(reader.next().sequence()).isEqualTo(1);
            assertThat(reader.next().sequence()).isEqualTo(2);
            assertThatThrownBy(reader::next)
                    .isInstanceOfSatisfying(
                            JournalCorruptException.class,
                            e -> assertThat(e.expectedSequence()).isEqualTo(3));
        }
    }

    @Test
    void aRefusedJournalIsLeftAsItIs() throws IOException {
        Path file = write(4, false);
        damage(file, offsets.get(2) + 50, (byte) 4);
        Map<Path, Long> before = checksums();
        assertThatThrownBy(() -> open(Shutdown.PROCESS_ENDED)).isInstanceOf(JournalCorruptException.class);
        assertThat(checksums()).isEqualTo(before);
    }

    private Path write(int entries, boolean forced) throws IOException {
        try (ChronicleJournal journal = open(Shutdown.CLEAN)) {
            for (int sequence = 1; sequence <= entries; sequence++) {
                journal.append(List.of(TestEntries.put(sequence)));
                if (forced) {
                    journal.sync();
                }
            }
        }
        Path file = Segment.of(dir, 1).file();
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at + HEADER_BYTES + 4 < bytes.length; at += 4) {
            if (bytes[at + 4] == 'T' && bytes[at + 5] == 'R' && bytes[at + 6] == 'J' && bytes[at + 7] == '1') {
                offsets.add((long) at);
            }
        }
        assertThat(offsets).hasSize(entries);
        return file;
    }

    private ChronicleJournal open(Shutdown shutdown) throws IOException {
        return ChronicleJournal.open(
                dir, CONFIG, new JournalDependencies(Clock.systemUTC(), new SimpleMeterRegistry(), "r"), shutdown);
    }

    private List<Long> openAndReplay(Shutdown shutdown) throws IOException {
        List<Long> sequences = new ArrayList<>();
        try (ChronicleJournal journal = open(shutdown)) {
            journal.replay(1, entry -> sequences.add(entry.sequence()));
        }
        return sequences;
    }

    /** What follows an ignored end takes its numbers, and all of it is read again. */
    private void appendAfterwards(long sequence) throws IOException {
        try (ChronicleJournal journal = open(Shutdown.CLEAN)) {
            journal.append(List.of(TestEntries.put(sequence)));
            journal.publish(sequence);
            try (JournalReader reader = journal.openReader()) {
                for (long expected = 1; expected <= sequence; expected++) {
                    EntryCodecTest.assertSame(reader.next(), TestEntries.put(expected));
                }
            }
        }
        assertThat(openAndReplay(Shutdown.CLEAN)).hasSize((int) sequence);
    }

    /** Which entry a byte belongs to, its header included; 0 for padding and Chronicle's documents. */
    private long entryAt(long at) {
        for (int i = 0; i < offsets.size(); i++) {
            long start = offsets.get(i);
            if (at >= start && at < start + HEADER_BYTES + length(i + 1)) {
                return i + 1L;
            }
        }
        return 0;
    }

    private static int length(long sequence) {
        return (int) EntryCodec.encodedLength(TestEntries.put(sequence));
    }

    private static byte damage(Path file, long at, byte bits) throws IOException {
        try (RandomAccessFile raf = new RandomAccessFile(file.toFile(), "rw")) {
            raf.seek(at);
            byte original = raf.readByte();
            raf.seek(at);
            raf.writeByte(original ^ bits);
            return original;
        }
    }

    private static void restore(Path file, long at, byte original) throws IOException {
        try (RandomAccessFile raf = new RandomAccessFile(file.toFile(), "rw")) {
            raf.seek(at);
            raf.writeByte(original);
        }
    }

    private static void zero(Path file, long at, int length) throws IOException {
        try (RandomAccessFile raf = new RandomAccessFile(file.toFile(), "rw")) {
            raf.seek(at);
            raf.write(new byte[length]);
        }
    }

    private Map<Path, Long> checksums() throws IOException {
        Map<Path, Long> checksums = new TreeMap<>();
        try (var paths = Files.walk(dir)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                CRC32 crc = new CRC32();
                crc.update(Files.readAllBytes(path));
                checksums.put(path, crc.getValue());
            }
        }
        return checksums;
    }
}
