package io.tailrace.engine.journal;

import java.nio.file.Path;

/** An entry of the journal cannot be trusted. Nothing was changed, and nothing after it was read. */
public final class JournalCorruptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Path file;
    private final long index;
    private final long expectedSequence;

    JournalCorruptException(Path file, long index, long expectedSequence, String reason, Throwable cause) {
        super(
                "the journal is corrupt: " + reason + " (file " + file + ", index 0x" + Long.toHexString(index)
                        + ", expected sequence " + expectedSequence + "). Nothing was changed. See docs/operations.md,"
                        + " \"A corrupt journal\".",
                cause);
        this.file = file;
        this.index = index;
        this.expectedSequence = expectedSequence;
    }

    private JournalCorruptException(Path file, String message) {
        super(message);
        this.file = file;
        this.index = 0;
        this.expectedSequence = 0;
    }

    /** Damage that is no entry's. */
    static JournalCorruptException ofFile(Path file, String reason) {
        return new JournalCorruptException(
                file,
                "the journal is corrupt: " + reason + " (file " + file
                        + "). Nothing was changed. See docs/operations.md, \"A corrupt journal\".");
    }

    public Path file() {
        return file;
    }

    /** Chronicle Queue's index of the entry, or of the place where it should be; 0 when the damage is no entry's. */
    public long index() {
        return index;
    }

    public long expectedSequence() {
        return expectedSequence;
    }
}
