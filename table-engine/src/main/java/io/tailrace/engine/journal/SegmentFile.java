package io.tailrace.engine.journal;

import io.tailrace.engine.journal.EntryCodec.MalformedEntryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Walks a queue file by Chronicle's documented format, without Chronicle: a damaged length must not make a reader map or
 * extend a file, and opening a damaged journal must change nothing.
 *
 * <p>A file is a row of documents. Each has a header of 4 bytes, little endian, on a multiple of 4: 30 bits of length, bit
 * 30 for Chronicle's own documents, bit 31 for one that is not complete, which this release of Chronicle writes at the
 * beginning of a file only: any other header is 0, the end so far, until its document is complete. Bits 30 and 31 alone are
 * the end for good.
 */
final class SegmentFile implements AutoCloseable {
    private static final int HEADER_BYTES = 4;
    private static final int LENGTH_MASK = 0x3FFF_FFFF;
    private static final int META_DATA = 1 << 30;
    private static final int NOT_COMPLETE = 1 << 31;
    private static final int END_OF_DATA = NOT_COMPLETE | META_DATA;
    private static final int WINDOW_BYTES = 1 << 20;
    private static final int MIN_WINDOW_BYTES = 1 << 14;
    private static final ByteBuffer ZEROS = ByteBuffer.allocate(WINDOW_BYTES).asReadOnlyBuffer();

    /** What a step of the walk found. */
    enum Step {
        ENTRY,
        END
    }

    private final Path file;
    private final FileChannel channel;
    private long size;
    /** How much is read at a time; grows while the walk goes on. */
    private int readAheadBytes = MIN_WINDOW_BYTES;

    private ByteBuffer window = ByteBuffer.allocate(0);
    private long windowStart;
    private long position;
    /** Where the document of the last step is. */
    private long documentStart;

    private long place = -1;
    private byte[] entry;
    private boolean unfinished;

    SegmentFile(Path file) throws IOException {
        this(file, Long.MAX_VALUE);
    }

    /** @param end where to take the file for ended, as in {@link #refresh} */
    SegmentFile(Path file, long end) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.size = Math.min(channel.size(), end);
    }

    Path file() {
        return file;
    }

    /** Of the entry that {@link #step} found, from 0. */
    long place() {
        return place;
    }

    /** Where the document of the last step begins or, at the end, would begin. */
    long documentStart() {
        return documentStart;
    }

    /** Whether the file's own beginning was not complete, so that nothing could be appended yet. */
    boolean unfinished() {
        return unfinished;
    }

    /** Where the document of the last step ends, and the next one would begin. */
    long documentEnd() {
        return position;
    }

    /** The bytes of the entry that {@link #step} found, unchecked. */
    byte[] entry() {
        return entry;
    }

    /**
     * Goes to the next entry.
     *
     * @throws MalformedEntryException when there is a document that cannot be one; the walk cannot go on then
     */
    Step step() throws IOException, MalformedEntryException {
        return step(true);
    }

    /** As {@link #step}, without the entry's bytes. */
    Step skip() throws IOException, MalformedEntryException {
        return step(false);
    }

    /**
     * After the end was found: looks at the file anew from there on, because it may have grown.
     *
     * @param end where to take the file for ended: what is read ahead of the writer harms it, see {@link SegmentPages}
     */
    void refresh(long end) throws IOException {
        size = Math.min(channel.size(), end);
        window.limit(0);
        // Most of what is read now is still a hole.
        readAheadBytes = MIN_WINDOW_BYTES;
    }

    private Step step(boolean read) throws IOException, MalformedEntryException {
        while (position + HEADER_BYTES <= size) {
            documentStart = position;
            int header =
                    bytes(position, HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN).getInt();
            if (header == 0 || header == END_OF_DATA) {
                return Step.END;
            }
            int length = header & LENGTH_MASK;
            if ((header & NOT_COMPLETE) != 0) {
                unfinished = position == 0;
                place++;
                throw new MalformedEntryException("a document is marked as not complete");
            }
            if (length > size - position - HEADER_BYTES) {
                place++;
                throw new MalformedEntryException("a length of " + length + " bytes goes beyond the file");
            }
            long start = position + HEADER_BYTES;
            if ((header & META_DATA) == 0) {
                place++;
                if (read) {
                    entry = new byte[length];
                    bytes(start, length).get(entry);
                }
                position = align(start + length);
                return Step.ENTRY;
            }
            if (length >= Integer.BYTES && bytes(start, Integer.BYTES).getInt() == EntryCodec.MAGIC) {
                place++;
                throw new MalformedEntryException("it is marked as a document of Chronicle's own");
            }
            position = align(start + length);
        }
        documentStart = position;
        return Step.END;
    }

    /**
     * The next undamaged entry from the document of the last step on, whatever the headers say, or null. The walk cannot go on
     * after it, but this can be called again.
     */
    byte[] findBehind() throws IOException {
        // Entries begin on multiples of 4, as documents do.
        for (long at = documentStart; at + EntryCodec.MIN_ENTRY_BYTES <= size; at += HEADER_BYTES) {
            load(at, EntryCodec.MIN_ENTRY_BYTES);
            int start = (int) (at - windowStart);
            int first = window.getInt(start);
            if (first == 0) {
                at += zerosFrom(start) - HEADER_BYTES;
                continue;
            }
            if (first != EntryCodec.MAGIC) {
                continue;
            }
            int length = window.getInt(start + EntryCodec.LENGTH_OFFSET);
            if (length < EntryCodec.MIN_ENTRY_BYTES || length > size - at) {
                continue;
            }
            byte[] candidate = new byte[length];
            bytes(at, length).get(candidate);
            try {
                EntryCodec.verify(candidate);
            } catch (MalformedEntryException e) {
                continue; // Only looked like one.
            }
            documentStart = align(at + length);
            return candidate;
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** How many zeros there are in the window from here on, a multiple of 4: files end with hundreds of megabytes of them. */
    private int zerosFrom(int start) {
        int rest = window.limit() - start;
        int zeros = window.slice(start, rest).mismatch(ZEROS.slice(0, Math.min(rest, WINDOW_BYTES)));
        return (zeros < 0 ? rest : zeros) & -HEADER_BYTES;
    }

    private static long align(long position) {
        return position + 3 & ~3L;
    }

    /** A view of this part of the file, big endian, valid until the next call. */
    private ByteBuffer bytes(long start, int length) throws IOException {
        load(start, length);
        return window.slice((int) (start - windowStart), length);
    }

    /** Brings this part of the file into the window. */
    private void load(long start, int length) throws IOException {
        if (start >= windowStart && start + length <= windowStart + window.limit()) {
            return;
        }
        int wanted = (int) Math.min(Math.max(length, readAheadBytes), size - start);
        readAheadBytes = Math.min(2 * readAheadBytes, WINDOW_BYTES);
        if (window.capacity() < wanted) {
            window = ByteBuffer.allocate(wanted);
        }
        window.clear().limit(wanted);
        windowStart = start;
        while (window.hasRemaining()) {
            if (channel.read(window, start + window.position()) < 0) {
                throw new IOException(file + " became shorter while it was read");
            }
        }
        window.flip();
    }
}
