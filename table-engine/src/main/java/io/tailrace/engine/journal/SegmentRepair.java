package io.tailrace.engine.journal;

import io.tailrace.engine.disk.DiskSync;
import io.tailrace.engine.journal.EntryCodec.MalformedEntryException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a segment whole again whose last append or force failed: what was never published is cut off, and a file that could
 * not be forced is replaced by a copy that could (docs/decisions, "After a failed disk").
 */
final class SegmentRepair {
    private static final Logger log = LoggerFactory.getLogger(SegmentRepair.class);

    private final DiskSync disk;
    private final int blockSizeBytes;

    SegmentRepair(DiskSync disk, int blockSizeBytes) {
        this.disk = disk;
        this.blockSizeBytes = blockSizeBytes;
    }

    /**
     * Leaves the entries up to this one and nothing behind them. To be forced afterwards.
     *
     * @throws JournalCorruptException when one of them cannot be trusted any more; nothing is changed then
     */
    void cut(Segment segment, long lastSequence) throws IOException {
        long end = endOf(segment, lastSequence);
        try (FileChannel file = disk.open(segment.file())) {
            file.truncate(end);
        }
        log.warn("The journal's file {} ends with entry {} now", segment.file(), lastSequence);
    }

    /**
     * Puts a copy with the entries up to this one into the file's place. After a force that failed, Linux takes the pages for
     * clean: they may be gone from the disk while they can still be read.
     *
     * @throws JournalCorruptException when one of them cannot be read any more; nothing is changed then
     */
    void rewrite(Segment segment, long lastSequence) throws IOException {
        Path copy = segment.directory()
                .resolveSibling(
                        Segment.REMOVED_PREFIX + "copy-" + segment.directory().getFileName());
        if (Files.exists(copy)) {
            Directories.delete(copy);
        }
        Files.createDirectory(copy);
        Path file = new Segment(segment.firstSequence(), copy).file();
        try (SegmentQueue queue = SegmentQueue.open(copy, blockSizeBytes)) {
            queue.createFile();
            copy(segment, lastSequence, queue);
            try (FileChannel channel = disk.open(file)) {
                disk.force(file, channel);
            }
        }
        Files.move(file, segment.file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        disk.forceDirectory(segment.directory());
        Directories.delete(copy);
        log.warn(
                "The journal's file {} was written anew, up to entry {}, because it could not be forced to the disk",
                segment.file(),
                lastSequence);
    }

    /** Cuts the file off, if there is one. */
    static void truncate(Path path, long position) throws IOException {
        if (Files.exists(path)) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(position);
            }
        }
    }

    /** Brings the file to the disk. */
    static void force(Path path, DiskSync disk) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            disk.force(path, channel);
        }
    }

    private static void copy(Segment segment, long lastSequence, SegmentQueue queue) throws IOException {
        try (SegmentFile file = new SegmentFile(segment.file())) {
            for (long expected = segment.firstSequence(); expected <= lastSequence; expected++) {
                queue.append(entry(segment, file, expected));
            }
        }
    }

    /** Where the document behind this entry begins. */
    private static long endOf(Segment segment, long lastSequence) throws IOException {
        try (SegmentFile file = new SegmentFile(segment.file())) {
            for (long expected = segment.firstSequence(); expected <= lastSequence; expected++) {
                entry(segment, file, expected);
            }
            return file.documentEnd();
        }
    }

    private static byte[] entry(Segment segment, SegmentFile file, long expected) throws IOException {
        try {
            if (file.step() == SegmentFile.Step.END) {
                throw JournalScan.corrupt(segment, file.place() + 1, expected, "the entry is missing", null);
            }
            JournalScan.checked(file.entry(), expected);
            return file.entry();
        } catch (MalformedEntryException e) {
            throw JournalScan.corrupt(segment, file.place(), expected, e.getMessage(), e);
        }
    }
}
