package io.tailrace.engine.journal;

import io.tailrace.engine.journal.EntryCodec.MalformedEntryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds and checks what a journal directory holds, and changes nothing.
 *
 * <p>What is at the end of the last segment needs judgement. The end of a process leaves at most one entry without a
 * header, which nobody was told about. A loss of power may leave any page of what was not synced yet, so that an entry may
 * be damaged or missing in front of others. Each entry says which entry was known to be on the disk when it was written:
 * damage up to there is damage, whatever happened; damage behind it is a torn tail when power may have been lost, and
 * damage otherwise.
 */
final class JournalScan {
    private static final Logger log = LoggerFactory.getLogger(JournalScan.class);

    private final NavigableMap<Long, Segment> segments = new TreeMap<>();
    /** The end of the last segment that was never acknowledged: its file from a position on. */
    record TornTail(Path file, long position) {}

    /** The last segment when it has no entry, left by a process that ended before its first append. */
    private final List<Segment> empty = new ArrayList<>();

    /** How many bytes of entries the checked segments have, by first entry. */
    private final Map<Long, Long> checkedBytes = new HashMap<>();

    private final Shutdown shutdown;
    private TornTail tornTail;
    private long lastSequence;

    private JournalScan(Shutdown shutdown) {
        this.shutdown = shutdown;
    }

    /**
     * @param verifyBytes checks the newest segments that have entries of this many bytes together, and always the last one
     * @throws JournalCorruptException when an entry cannot be trusted
     */
    static JournalScan of(Path directory, long verifyBytes, Shutdown shutdown) throws IOException {
        JournalScan scan = new JournalScan(shutdown);
        for (Path path : Directories.list(directory)) {
            OptionalLong first = Segment.firstSequence(path);
            if (first.isPresent()) {
                scan.segments.put(first.getAsLong(), new Segment(first.getAsLong(), path));
            }
        }
        scan.verify(verifyBytes);
        return scan;
    }

    /**
     * Compares what was found with what was noted when the journal was last used.
     *
     * @throws JournalCorruptException when entries that had been there are not any more
     */
    void requireEnd(Path directory) throws IOException {
        long expected =
                JournalEnd.read(directory).map(note -> note.expected(shutdown)).orElse(0L);
        if (lastSequence < expected) {
            Segment last = segments.isEmpty()
                    ? Segment.of(directory, lastSequence + 1)
                    : segments.lastEntry().getValue();
            throw corrupt(
                    last,
                    placeOf(last, lastSequence + 1),
                    lastSequence + 1,
                    "it ends with entry " + lastSequence + " and had the entries up to " + expected
                            + ": the end of this file, or files behind it, were lost",
                    null);
        }
    }

    NavigableMap<Long, Segment> segments() {
        return segments;
    }

    List<Segment> empty() {
        return empty;
    }

    /** How many bytes of entries the segments have that were checked, by first entry. */
    Map<Long, Long> checkedBytes() {
        return checkedBytes;
    }

    /** What is to be cut off, if anything. */
    Optional<TornTail> tornTail() {
        return Optional.ofNullable(tornTail);
    }

    /** The last entry's number; one less than the first segment's when that is empty, 0 without segments. */
    long lastSequence() {
        return lastSequence;
    }

    /**
     * Passes on the entries of one segment from a number on, checking each.
     *
     * @param lastSequence where to stop
     * @throws JournalCorruptException when one of them cannot be trusted
     */
    static void read(Segment segment, long fromSequence, long lastSequence, Consumer<JournalEntry> consumer)
            throws IOException {
        try (SegmentFile file = new SegmentFile(segment.file())) {
            for (long expected = segment.firstSequence(); expected <= lastSequence; expected++) {
                try {
                    if (file.step() == SegmentFile.Step.END) {
                        throw corrupt(segment, file.place() + 1, expected, "the entry is missing", null);
                    }
                    if (expected >= fromSequence) {
                        consumer.accept(checked(file.entry(), expected));
                    }
                } catch (MalformedEntryException e) {
                    throw corrupt(segment, file.place(), expected, e.getMessage(), e);
                }
            }
        }
    }

    /** Checks an entry's bytes and its number. */
    static JournalEntry checked(byte[] bytes, long expectedSequence) throws MalformedEntryException {
        JournalEntry entry = EntryCodec.decode(bytes);
        if (entry.sequence() != expectedSequence) {
            throw new MalformedEntryException("there is entry " + entry.sequence() + " instead");
        }
        return entry;
    }

    static JournalCorruptException corrupt(
            Segment segment, long place, long expectedSequence, String reason, Throwable cause) {
        return new JournalCorruptException(
                segment.file(), SegmentQueue.index(Math.max(place, 0)), expectedSequence, reason, cause);
    }

    private void verify(long verifyBytes) throws IOException {
        dropUnwrittenTail();
        long rest = verifyBytes;
        Long successor = empty.isEmpty() ? null : empty.get(0).firstSequence();
        for (Segment segment : List.copyOf(segments.descendingMap().values())) {
            if (!Files.exists(segment.file())) {
                throw corrupt(segment, 0, segment.firstSequence(), "the file is missing", null);
            }
            if (successor != null) {
                if (rest > 0) {
                    // The file is mostly a hole: what is in it counts.
                    AtomicLong read = new AtomicLong();
                    read(
                            segment,
                            segment.firstSequence(),
                            successor - 1,
                            entry -> read.addAndGet(EntryCodec.encodedLength(entry)));
                    rest -= read.get();
                    checkedBytes.put(segment.firstSequence(), read.get());
                }
            } else {
                lastSequence = verifyLast(segment);
                if (lastSequence < segment.firstSequence()) {
                    segments.remove(segment.firstSequence());
                    empty.add(segment);
                }
            }
            successor = segment.firstSequence();
        }
    }

    /** A process that ended while it created the last segment may have left it without its file. */
    private void dropUnwrittenTail() {
        if (!segments.isEmpty() && !Files.exists(segments.lastEntry().getValue().file())) {
            Segment last = segments.pollLastEntry().getValue();
            empty.add(last);
            lastSequence = last.firstSequence() - 1;
        }
    }

    /** Checks all of the last segment and returns its last entry's number. */
    private long verifyLast(Segment segment) throws IOException {
        try (SegmentFile file = new SegmentFile(segment.file())) {
            long expected = segment.firstSequence();
            try {
                while (file.step() == SegmentFile.Step.ENTRY) {
                    checked(file.entry(), expected);
                    expected++;
                }
                return judgeTail(segment, file, expected, null);
            } catch (MalformedEntryException e) {
                return judgeTail(segment, file, expected, e);
            }
        }
    }

    /**
     * Decides what the end of the last segment means.
     *
     * @param damage what is wrong with the entry at {@code expected}, null when there is none
     * @return the last entry's number
     */
    private long judgeTail(Segment segment, SegmentFile file, long expected, MalformedEntryException damage)
            throws IOException {
        long end = file.documentStart();
        checkedBytes.put(segment.firstSequence(), end);
        long behind = 0;
        for (byte[] found = file.findBehind(); found != null; found = file.findBehind()) {
            long sequence = EntryCodec.sequence(found);
            if (sequence < expected) {
                continue;
            }
            boolean provenDurable = EntryCodec.durableSequence(found) >= expected;
            if (provenDurable || !mayBeTorn(sequence - expected)) {
                String reason =
                        damage == null ? "the entry is missing in front of entry " + sequence : damage.getMessage();
                throw corrupt(segment, placeOf(segment, expected), expected, reason, damage);
            }
            behind++;
        }
        if (file.unfinished() && behind == 0 && shutdown == Shutdown.PROCESS_ENDED) {
            return expected - 1; // The process ended while it made the file.
        }
        if (damage != null && shutdown != Shutdown.POWER_LOST) {
            throw corrupt(segment, placeOf(segment, expected), expected, damage.getMessage(), damage);
        }
        if (damage != null || behind > 0) {
            tornTail = new TornTail(segment.file(), end);
            log.warn(
                    "The journal ends with entry {}: what follows in {} was never acknowledged and is ignored ({}{} entries)",
                    expected - 1,
                    file.file(),
                    damage == null ? "" : damage.getMessage() + "; ",
                    behind);
        }
        return expected - 1;
    }

    /** Whether an entry may lie behind the end, so many places from where it ought to be. */
    private boolean mayBeTorn(long distance) {
        return switch (shutdown) {
            case CLEAN -> false;
            case PROCESS_ENDED -> distance == 0;
            case POWER_LOST -> true;
        };
    }

    private static long placeOf(Segment segment, long sequence) {
        return sequence - segment.firstSequence();
    }
}
