package io.tailrace.engine.journal;

import io.tailrace.engine.journal.EntryCodec.MalformedEntryException;
import java.nio.file.Files;

/** A reader by Chronicle's tailers, one per segment. */
final class ChronicleReader implements JournalReader {
    private final ChronicleJournal journal;
    private long next;
    private Segment segment;
    private SegmentQueue queue;

    ChronicleReader(ChronicleJournal journal) {
        this.journal = journal;
        this.next = journal.firstSequence();
    }

    @Override
    public void seek(long sequence) {
        long first = journal.firstSequence();
        long end = journal.readableSequence() + 1;
        if (sequence < first || sequence > end) {
            throw new JournalTruncatedException(sequence, first, end);
        }
        leaveSegment();
        next = sequence;
    }

    @Override
    public JournalEntry next() {
        if (journal.isClosed() || next > journal.readableSequence()) {
            return null;
        }
        Segment wanted = journal.segmentOf(next);
        if (wanted == null) {
            throw new JournalTruncatedException(next, journal.firstSequence(), journal.readableSequence() + 1);
        }
        if (!wanted.equals(segment)) {
            enter(wanted);
        }
        long place = next - segment.firstSequence();
        byte[] bytes = queue.next();
        if (bytes == null) {
            throw JournalScan.corrupt(segment, place, next, "the entry is missing", null);
        }
        try {
            JournalEntry entry = JournalScan.checked(bytes, next);
            next++;
            return entry;
        } catch (MalformedEntryException e) {
            throw JournalScan.corrupt(segment, place, next, e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        leaveSegment();
    }

    private void enter(Segment wanted) {
        leaveSegment();
        if (!Files.exists(wanted.file())) {
            throw new JournalTruncatedException(next, journal.firstSequence(), journal.readableSequence() + 1);
        }
        queue = SegmentQueue.open(wanted.directory(), journal.blockSizeBytes());
        segment = wanted;
        long place = next - wanted.firstSequence();
        if (!queue.moveTo(place)) {
            leaveSegment();
            throw JournalScan.corrupt(wanted, place, next, "the entry is missing", null);
        }
    }

    private void leaveSegment() {
        if (queue != null) {
            queue.close();
            queue = null;
            segment = null;
        }
    }
}
