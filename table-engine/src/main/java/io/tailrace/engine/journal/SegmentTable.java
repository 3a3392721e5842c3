package io.tailrace.engine.journal;

import io.tailrace.engine.disk.DiskSync;
import io.tailrace.engine.journal.EntryCodec.MalformedEntryException;
import io.tailrace.engine.step.EngineStep;
import io.tailrace.engine.step.StepListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The segments that there are, in order, and how large they are. Safe for use by several threads. */
final class SegmentTable {
    private final Path directory;
    private final DiskSync disk;
    private final NavigableMap<Long, Segment> segments = new ConcurrentSkipListMap<>();
    /** By first entry, how many bytes of entries. */
    private final Map<Long, Long> bytes = new ConcurrentHashMap<>();
    /** Of the segment that is appended to; null when there is none. */
    private volatile ReadableEnd readableEnd;

    /** Where in a segment's file the entries that readers may see end. */
    private record ReadableEnd(Segment segment, long position) {}

    /**
     * Of the segments that the scan did not read the file's length counts.
     *
     * @param atMostBytes what an entry and a roll allow: files of earlier releases are longer, being mostly a hole
     */
    SegmentTable(Path directory, DiskSync disk, JournalScan scan, long atMostBytes) throws IOException {
        this.directory = directory;
        this.disk = disk;
        for (Segment segment : scan.segments().values()) {
            Long checked = scan.checkedBytes().get(segment.firstSequence());
            add(segment, checked == null ? Math.min(Files.size(segment.file()), atMostBytes) : checked);
        }
    }

    void add(Segment segment, long entryBytes) {
        bytes.put(segment.firstSequence(), entryBytes);
        segments.put(segment.firstSequence(), segment);
    }

    /** Sets how many bytes of entries the segment has. */
    void resize(Segment segment, long entryBytes) {
        bytes.put(segment.firstSequence(), entryBytes);
    }

    /** Notes where the entries that readers may see end in the segment that is appended to. */
    void publish(Segment segment, long position) {
        readableEnd = new ReadableEnd(segment, position);
    }

    /** Up to where the segment's file may be read. */
    long readableEnd(Segment segment) {
        ReadableEnd live = readableEnd;
        return live != null && live.segment().equals(segment) ? live.position() : Long.MAX_VALUE;
    }

    int count() {
        return segments.size();
    }

    /** Bytes of the entries of all segments. */
    long sizeBytes() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    boolean isEmpty() {
        return segments.isEmpty();
    }

    Segment first() {
        return value(segments.firstEntry());
    }

    /** The last one, or null. */
    Segment last() {
        return value(segments.lastEntry());
    }

    /** The one that has this entry, or would have it; null when it is gone. */
    Segment of(long sequence) {
        return value(segments.floorEntry(sequence));
    }

    /** In order, from the one that has this entry on. */
    List<Segment> from(long sequence) {
        Long start = segments.floorKey(sequence);
        return start == null
                ? List.of()
                : List.copyOf(segments.tailMap(start, true).values());
    }

    /** In order. */
    List<Segment> all() {
        return List.copyOf(segments.values());
    }

    /** The last entry of the segment, when the journal's last one is this. */
    long lastSequenceOf(Segment segment, long lastSequence) {
        Long successor = segments.higherKey(segment.firstSequence());
        return successor == null ? lastSequence : successor - 1;
    }

    /**
     * Takes the segment out and deletes its files, so that a crash leaves nothing that looks like a segment.
     *
     * @throws IOException when that failed; it is still in the table when its files are where they were
     */
    void remove(Segment segment, StepListener steps) throws IOException {
        if (Files.exists(segment.removedDirectory())) {
            Directories.delete(segment.removedDirectory());
        }
        segments.remove(segment.firstSequence());
        Long entryBytes = bytes.remove(segment.firstSequence());
        steps.reached(EngineStep.REMOVAL_BEGINS);
        try {
            Files.move(segment.directory(), segment.removedDirectory());
        } catch (IOException e) {
            if (entryBytes != null) {
                add(segment, entryBytes);
            }
            throw e;
        }
        disk.forceDirectory(directory);
        steps.reached(EngineStep.REMOVAL_RENAMED);
        Directories.delete(segment.removedDirectory());
        steps.reached(EngineStep.REMOVAL_ENDS);
    }

    /**
     * Removes whatever looks like a segment and begins behind this entry: those of the table, and what is left of one whose
     * creation failed. The last one first, so that an end of the process in between leaves no gap.
     * No segment is appended to any more.
     */
    void removeBehind(long lastSequence, StepListener steps) throws IOException {
        readableEnd = null;
        List<Path> paths = Directories.list(directory);
        for (int i = paths.size() - 1; i >= 0; i--) {
            long first = Segment.firstSequence(paths.get(i)).orElse(0);
            if (first > lastSequence) {
                remove(Segment.of(directory, first), steps);
            }
        }
    }

    /** Deletes the segments in which nothing was ever written, and what is left of removed ones. */
    static void deleteLeftovers(Path directory, JournalScan scan, DiskSync disk) throws IOException {
        for (Segment segment : scan.empty()) {
            Directories.delete(segment.directory());
        }
        for (Path path : Directories.list(directory)) {
            if (path.getFileName().toString().startsWith(Segment.REMOVED_PREFIX)) {
                Directories.delete(path);
            }
        }
        disk.forceDirectory(directory);
    }

    static Instant firstCommitTime(Segment segment) throws IOException {
        try (SegmentFile file = new SegmentFile(segment.file())) {
            if (file.step() == SegmentFile.Step.END) {
                return Instant.MAX;
            }
            return JournalScan.checked(file.entry(), segment.firstSequence()).commitTime();
        } catch (MalformedEntryException e) {
            throw JournalScan.corrupt(segment, 0, segment.firstSequence(), e.getMessage(), e);
        }
    }

    private static Segment value(Map.Entry<Long, Segment> entry) {
        return entry == null ? null : entry.getValue();
    }
}
