package io.tailrace.engine.journal;

import io.tailrace.engine.journal.EntryCodec.MalformedEntryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;

/**
 * A reader beside the writer, by the documented format: it depends on nothing but the entries, so that damage to
 * Chronicle's own documents, or to its files beside the queue's, harms no reader.
 */
final class SegmentReader implements JournalReader {
    private final ChronicleJournal journal;
    private long next;
    private Segment segment;
    private SegmentFile file;

    SegmentReader(ChronicleJournal journal) {
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
            throw truncated();
        }
        try {
            if (!wanted.equals(segment)) {
                enter(wanted);
            }
            JournalEntry entry = JournalScan.checked(bytes(), next);
            next++;
            return entry;
        } catch (MalformedEntryException e) {
            throw corrupt(wanted, e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("the journal's file " + wanted.file() + " cannot be read: " + e, e);
        }
    }

    @Override
    public void close() {
        leaveSegment();
    }

    private byte[] bytes() throws IOException, MalformedEntryException {
        if (file.step() == SegmentFile.Step.END) {
            // It was the end when this part of the file was read.
            file.refresh(journal.readableEnd(segment));
            if (file.step() == SegmentFile.Step.END) {
                throw new MalformedEntryException("the entry is missing");
            }
        }
        return file.entry();
    }

    private void enter(Segment wanted) throws IOException, MalformedEntryException {
        leaveSegment();
        try {
            file = new SegmentFile(wanted.file(), journal.readableEnd(wanted));
        } catch (NoSuchFileException e) {
            throw journal.segmentOf(next) == null ? truncated() : corrupt(wanted, "the file is missing", e);
        }
        segment = wanted;
        for (long skipped = wanted.firstSequence(); skipped < next; skipped++) {
            if (file.skip() == SegmentFile.Step.END) {
                throw new MalformedEntryException("the entry is missing");
            }
        }
    }

    /** What follows is read from the segment's beginning again: a walk cannot go on behind damage. */
    private JournalCorruptException corrupt(Segment where, String reason, Exception cause) {
        leaveSegment();
        return JournalScan.corrupt(where, next - where.firstSequence(), next, reason, cause);
    }

    private JournalTruncatedException truncated() {
        return new JournalTruncatedException(next, journal.firstSequence(), journal.readableSequence() + 1);
    }

    private void leaveSegment() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException("closing " + file.file(), e);
            } finally {
                file = null;
                segment = null;
            }
        }
    }
}
