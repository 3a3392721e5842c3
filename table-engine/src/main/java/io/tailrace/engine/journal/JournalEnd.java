package io.tailrace.engine.journal;

import io.tailrace.engine.disk.DiskSync;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes beside the segments how far the journal had come, so that a file that was cut off at the end of an entry, or is
 * gone, is not taken for a shorter journal. A note is written after what it tells of, never forced, and never waited for:
 * after the end of a process it is the last one, after a loss of power perhaps an older one.
 *
 * <p>Two places of {@value #SLOT_BYTES} bytes are written in turn, so that one is whole at any moment: magic "TRJE" (4),
 * version (4), published sequence (8), forced sequence (8), CRC-32C of these (4). Integers are big endian.
 */
final class JournalEnd implements AutoCloseable {
    static final String FILE_NAME = "END";

    private static final Logger log = LoggerFactory.getLogger(JournalEnd.class);
    private static final int MAGIC = 0x54524A45;
    private static final int VERSION = 1;
    private static final int SLOT_BYTES = 32;
    private static final int CONTENT_BYTES = 24;
    private static final int SLOTS = 2;

    /**
     * How far a journal had come.
     *
     * @param published entries up to this one were acknowledged, or might have been
     * @param forced entries up to this one were on the disk
     */
    record Note(long published, long forced) {
        /** What must be found after such an end of the last use. */
        long expected(Shutdown shutdown) {
            return shutdown == Shutdown.POWER_LOST ? forced : published;
        }
    }

    private final FileChannel channel;
    private int next;
    private boolean failed;

    private JournalEnd(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * What was noted last; empty for a journal of a release that noted nothing.
     *
     * @throws JournalCorruptException when there is a file and nothing in it can be trusted
     */
    static Optional<Note> read(Path journalDirectory) throws IOException {
        Path file = journalDirectory.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(file);
        Note last = null;
        for (int slot = 0; slot < SLOTS && (slot + 1) * SLOT_BYTES <= bytes.length; slot++) {
            Note note = decode(bytes, slot * SLOT_BYTES, file);
            if (note != null && (last == null || note.published() > last.published())) {
                last = note;
            }
        }
        if (last == null && allZero(bytes)) {
            // Power was lost before the first note was on the disk.
            return Optional.empty();
        }
        if (last == null) {
            throw JournalCorruptException.ofFile(
                    file,
                    "the note of how far the journal had come is damaged, so that a lost end would not be noticed."
                            + " The entries themselves may be whole: 'tailrace doctor' checks them and with --repair writes the"
                            + " note anew");
        }
        return Optional.of(last);
    }

    /** Opens the file, creating it when needed, and notes this. */
    static JournalEnd open(Path journalDirectory, Note note, DiskSync disk) throws IOException {
        Path file = journalDirectory.resolve(FILE_NAME);
        JournalEnd end = new JournalEnd(
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
        try {
            end.lower(note);
            end.channel.truncate((long) SLOTS * SLOT_BYTES);
            disk.force(file, end.channel);
            return end;
        } catch (IOException e) {
            end.close();
            throw e;
        }
    }

    /** Notes how far the journal is. The note is a safeguard: when it cannot be written, writes go on without it. */
    void note(Note note) {
        if (failed) {
            return;
        }
        try {
            write(note);
        } catch (IOException e) {
            failed = true;
            log.warn("It cannot be noted any more how far the journal is; it goes on without", e);
        }
    }

    /**
     * Notes what a journal has that was cut off, in place of whatever was noted before.
     *
     * @throws IOException when that failed, so that more than there is may still be noted
     */
    void lower(Note note) throws IOException {
        // Both, so that no slot tells of what was cut off.
        for (int slot = 0; slot < SLOTS; slot++) {
            write(note);
        }
        failed = false;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void write(Note note) throws IOException {
        ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTES);
        slot.putInt(MAGIC).putInt(VERSION).putLong(note.published()).putLong(note.forced());
        slot.putInt(checksum(slot.array(), 0)).rewind();
        long position = (long) next * SLOT_BYTES;
        while (slot.hasRemaining()) {
            channel.write(slot, position + slot.position());
        }
        next = (next + 1) % SLOTS;
    }

    private static boolean allZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** Null when it cannot be trusted. */
    private static Note decode(byte[] bytes, int start, Path file) throws IOException {
        ByteBuffer slot = ByteBuffer.wrap(bytes, start, SLOT_BYTES);
        int magic = slot.getInt();
        int version = slot.getInt();
        Note note = new Note(slot.getLong(), slot.getLong());
        if (magic != MAGIC || slot.getInt() != checksum(bytes, start)) {
            return null;
        }
        if (version != VERSION) {
            throw new IOException(file + " has format version " + version + ", this release reads " + VERSION
                    + ". Start the release that wrote it, or a later one");
        }
        return note;
    }

    private static int checksum(byte[] bytes, int start) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, start, CONTENT_BYTES);
        return (int) crc.getValue();
    }
}
