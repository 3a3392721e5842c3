package io.tailrace.engine.journal;

import java.io.IOException;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.core.time.SetTimeProvider;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * The Chronicle queue of one segment, which has a single cycle: when to begin a new file is the journal's decision, so the
 * queue's clock stands still. All that the journal asks of OpenHFT is here.
 */
final class SegmentQueue implements AutoCloseable {
    private static final RollCycle ROLL_CYCLE = LegacyRollCycles.HOURLY;
    private static final int CYCLE = 0;
    /** The one queue file in a segment's directory: that of cycle 0. */
    static final String FILE_NAME = "19700101-00.cq4";

    /** Half of what Chronicle can count in a file of this roll cycle. */
    static final long MAX_ENTRIES = 1L << 27;

    /** Chronicle refuses an entry that might not fit into the overlap of two mapped blocks. */
    private static final int BLOCKS_OVERLAP_RATIO = 4;
    /** Header and padding of Chronicle's around an entry, generously. */
    private static final int ENTRY_OVERHEAD_BYTES = 64;
    /** After so many entries Chronicle adds to its index of the file, between two entries. */
    private static final long ENTRIES_PER_INDEX =
            (long) ROLL_CYCLE.defaultIndexCount() * ROLL_CYCLE.defaultIndexSpacing();
    /** By how much, or with how much a file begins, generously: two arrays of longs. */
    private static final int INDEX_BYTES = 2 * Long.BYTES * ROLL_CYCLE.defaultIndexCount() + (16 << 10);
    /** Nobody else writes, so a lock is never waited for, except one that a killed process left. */
    private static final long LOCK_TIMEOUT_MILLIS = 500;

    static {
        // Before any class of Chronicle's is loaded: else it posts usage figures, prints a banner, watches the disk's
        // space.
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
        System.setProperty("chronicle.disk.monitor.disable", "true");
    }

    private final Path file;
    private final ChronicleQueue queue;
    private ExcerptAppender appender;
    private SegmentPages pages;

    private SegmentQueue(Path file, ChronicleQueue queue) {
        this.file = file;
        this.queue = queue;
    }

    static SegmentQueue open(Path directory, int blockSizeBytes) {
        return new SegmentQueue(
                directory.resolve(FILE_NAME),
                SingleChronicleQueueBuilder.single(directory.toFile())
                        .rollCycle(ROLL_CYCLE)
                        .timeProvider(new SetTimeProvider(0))
                        .blockSize(blockSizeBytes)
                        .timeoutMS(LOCK_TIMEOUT_MILLIS)
                        // What makes the file durable is ChronicleJournal.sync (docs/decisions/0001-journal-fsync.md).
                        .syncMode(SyncMode.NONE)
                        .build());
    }

    /** The largest entry that a queue of this block size accepts. */
    static int maxEntryBytes(int blockSizeBytes) {
        return blockSizeBytes / BLOCKS_OVERLAP_RATIO - ENTRY_OVERHEAD_BYTES;
    }

    /** Chronicle's index of the entry at this place in a segment. */
    static long index(long place) {
        return ROLL_CYCLE.toIndex(CYCLE, place);
    }

    /** Creates the queue's file, for the thread that appends to it. */
    void createFile() throws IOException {
        pages = SegmentPages.create(file);
        pages.provide(INDEX_BYTES);
        appender = queue.createAppender();
        // Nothing is in it yet, so this writes the file's header only.
        try (DocumentContext document = appender.writingDocument()) {
            document.rollbackOnClose();
        }
    }

    void append(byte[] entry) throws IOException {
        providePages(entry);
        try (DocumentContext document = appender.writingDocument()) {
            document.wire().bytes().write(entry, 0, entry.length); // as one block; writeBytes goes by eight bytes
        }
    }

    /**
     * Appends the same bytes in two pieces, for those who end the process between them: {@link #append(byte[])} gives nobody a
     * turn there. The entry has no header until the second piece is written.
     */
    void append(byte[] entry, Runnable betweenHalves) throws IOException {
        providePages(entry);
        int half = entry.length / 2;
        try (DocumentContext document = appender.writingDocument()) {
            Bytes<?> out = document.wire().bytes();
            out.write(entry, 0, half);
            betweenHalves.run();
            out.write(entry, half, entry.length - half);
        }
    }

    private void providePages(byte[] entry) throws IOException {
        boolean mayAddIndex = (lastPlace() + 1) % ENTRIES_PER_INDEX == 0;
        long end = endPosition() + entry.length + ENTRY_OVERHEAD_BYTES;
        if (mayAddIndex) {
            pages.provide(end + INDEX_BYTES);
        } else {
            pages.provideTogether(end);
        }
    }

    /** The file was forced: by any thread. */
    void forced() {
        pages.forced();
    }

    /** Where what was appended ends in the file. */
    long endPosition() {
        return appender.wire().bytes().writePosition();
    }

    /** The place of the last appended entry; -1 when there is none. */
    long lastPlace() {
        return ROLL_CYCLE.toSequenceNumber(appender.lastIndexAppended());
    }

    @Override
    public void close() throws IOException {
        try {
            queue.close();
        } finally {
            if (pages != null) {
                pages.close();
            }
        }
    }
}
