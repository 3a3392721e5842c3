package io.tailrace.engine.journal;

import io.tailrace.engine.disk.DiskSync;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether there is room for entries: on the disk, and within the size that the journal may have. Once there is none, none is
 * taken until there is noticeably more, so that writes are not let in one by one.
 *
 * <p>A mapped file on a full disk is a fault in the middle of an append, not an exception in front of it; and the state, the
 * log and the broker need room of their own to get out of trouble. So writes end while there is some left.
 */
final class JournalSpace {
    private static final Logger log = LoggerFactory.getLogger(JournalSpace.class);
    /** What must be left on the disk besides the entries that are appended. */
    static final long MIN_USABLE_BYTES = 64L << 20;
    /** What there must be until entries are taken again. */
    static final long RESUME_USABLE_BYTES = 96L << 20;

    private static final int ALARM_PERCENT = 80;
    private static final int RESUME_PERCENT = 95;
    private static final int PERCENT = 100;
    private static final long MIB = 1L << 20;

    private final Path directory;
    private final DiskSync disk;
    private final long maxBytes;
    private final LongSupplier journalBytes;
    private volatile String full;
    private volatile boolean alarm;
    private volatile long usableBytes;

    /** @param journalBytes how large the journal is now */
    JournalSpace(Path directory, DiskSync disk, long maxBytes, LongSupplier journalBytes) {
        this.directory = directory;
        this.disk = disk;
        this.maxBytes = maxBytes;
        this.journalBytes = journalBytes;
    }

    /** @throws JournalFullException when there is no room for entries of so many bytes */
    void require(long entryBytes) throws IOException {
        look(entryBytes);
        String reason = full;
        if (reason != null) {
            throw new JournalFullException(reason);
        }
    }

    /** Looks whether there is room now. */
    void look() throws IOException {
        look(0);
    }

    /** Why there is no room, as of the last look; empty when there is. */
    Optional<String> full() {
        return Optional.ofNullable(full);
    }

    /** Whether most of what the journal may have is used, as of the last look. */
    boolean isAlarm() {
        return alarm;
    }

    /** Whether what is kept only because it is young should go. */
    boolean isTight() {
        return journalBytes.getAsLong() >= maxBytes / PERCENT * ALARM_PERCENT;
    }

    /** What was left on the disk at the last look. */
    long lastUsableBytes() {
        return usableBytes;
    }

    private void look(long entryBytes) throws IOException {
        long usable = disk.usableBytes(directory);
        usableBytes = usable;
        long used = journalBytes.getAsLong();
        boolean wasFull = full != null;
        long needed = (wasFull ? RESUME_USABLE_BYTES : MIN_USABLE_BYTES) + entryBytes;
        long allowed = wasFull ? maxBytes / PERCENT * RESUME_PERCENT : maxBytes;
        String reason = null;
        if (usable < needed) {
            reason = "the disk is full: " + usable / MIB + " MiB are left in " + directory + ", "
                    + (needed + MIB - 1) / MIB + " are needed";
        } else if (used + entryBytes > allowed) {
            reason = "the journal has " + used / MIB + " MiB of the " + maxBytes / MIB
                    + " that journal.max.size allows, all of them needed: are they captured into Kafka?";
        }
        full = reason;
        if (!wasFull && reason != null) {
            log.error("Writes are refused, reads go on: {}", reason);
        } else if (wasFull && reason == null) {
            log.info("There is room for writes again: {} MiB are left on the disk", usable / MIB);
        }
        raiseAlarm(used);
    }

    private void raiseAlarm(long used) {
        boolean high = used >= maxBytes / PERCENT * ALARM_PERCENT;
        if (high && !alarm) {
            log.warn(
                    "The journal has {} MiB, {} percent of journal.max.size; beyond it writes are refused. Is Kafka away?",
                    used / MIB,
                    used * PERCENT / maxBytes);
        }
        alarm = high;
    }
}
