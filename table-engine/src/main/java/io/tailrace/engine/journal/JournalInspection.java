package io.tailrace.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Checks every entry of every segment, and changes nothing.
 *
 * @param segments how many there are
 * @param firstSequence of the oldest segment; one more than {@code lastSequence} when there is no entry
 * @param lastSequence the last entry that can be trusted; what is behind a damaged one cannot be told
 * @param entryBytes of all entries together
 * @param damage one sentence for each segment that cannot be trusted, with file, index and sequence number
 * @param tornTail what a start cuts off, because it was never acknowledged
 * @param leftovers directories that a start deletes: segments whose removal was cut off, or that nothing was written to
 */
public record JournalInspection(
        int segments,
        long firstSequence,
        long lastSequence,
        long entryBytes,
        List<String> damage,
        Optional<TornTail> tornTail,
        List<Path> leftovers) {
    /** The end of a file, from a position on, that no acknowledged entry is in. */
    public record TornTail(Path file, long position) {
        /** Writes what is there into another file, without the hole that it ends with. */
        public void copyTo(Path target) throws IOException {
            try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ);
                    FileChannel to =
                            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.allocate(COPY_BYTES);
                for (long at = position; at < from.size(); at += buffer.limit()) {
                    buffer.clear();
                    from.read(buffer, at);
                    buffer.flip();
                    if (buffer.mismatch(ByteBuffer.allocate(buffer.limit())) >= 0) {
                        to.write(buffer, at - position);
                    }
                }
                to.force(true);
            }
        }
    }

    private static final int COPY_BYTES = 1 << 20;

    public JournalInspection {
        damage = List.copyOf(damage);
        leftovers = List.copyOf(leftovers);
    }

    /**
     * Checks a journal.
     *
     * @param shutdown how the last use of the journal ended
     * @param progress is told now and then how many bytes of entries were checked
     */
    public static JournalInspection of(Path directory, Shutdown shutdown, LongConsumer progress) throws IOException {
        NavigableMap<Long, Segment> segments = new TreeMap<>();
        List<Path> leftovers = new ArrayList<>();
        for (Path path : Directories.list(directory)) {
            Segment.firstSequence(path).ifPresent(first -> segments.put(first, new Segment(first, path)));
            if (path.getFileName().toString().startsWith(Segment.REMOVED_PREFIX)) {
                leftovers.add(path);
            }
        }
        List<String> damage = new ArrayList<>();
        long last = 0;
        Optional<TornTail> tornTail = Optional.empty();
        try {
            JournalScan scan = JournalScan.of(directory, 0, shutdown);
            last = scan.lastSequence();
            tornTail = scan.tornTail().map(tail -> new TornTail(tail.file(), tail.position()));
            scan.empty().forEach(segment -> {
                segments.remove(segment.firstSequence());
                leftovers.add(segment.directory());
            });
            scan.requireEnd(directory);
        } catch (JournalCorruptException e) {
            damage.add(e.getMessage());
            last = Math.max(last, e.expectedSequence() - 1);
        }
        AtomicLong bytes = new AtomicLong();
        for (Map.Entry<Long, Segment> segment : segments.entrySet()) {
            Long successor = segments.higherKey(segment.getKey());
            check(segment.getValue(), successor == null ? last : successor - 1, bytes, progress, damage);
        }
        long first = segments.isEmpty() ? last + 1 : segments.firstKey();
        return new JournalInspection(
                segments.size(), first, Math.max(last, first - 1), bytes.get(), damage, tornTail, leftovers);
    }

    private static void check(
            Segment segment, long lastSequence, AtomicLong bytes, LongConsumer progress, List<String> damage)
            throws IOException {
        if (!Files.exists(segment.file())) {
            addOnce(damage, JournalScan.corrupt(segment, 0, segment.firstSequence(), "the file is missing", null));
            return;
        }
        try {
            JournalScan.read(
                    segment,
                    segment.firstSequence(),
                    lastSequence,
                    entry -> progress.accept(bytes.addAndGet(EntryCodec.encodedLength(entry))));
        } catch (JournalCorruptException e) {
            addOnce(damage, e);
        }
    }

    /** The last segment's damage is met twice. */
    private static void addOnce(List<String> damage, JournalCorruptException e) {
        if (!damage.contains(e.getMessage())) {
            damage.add(e.getMessage());
        }
    }
}
