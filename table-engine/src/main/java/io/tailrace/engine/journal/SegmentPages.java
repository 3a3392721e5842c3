package io.tailrace.engine.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Gives a queue's file its pages before they are written through a mapping.
 *
 * <p>Because of what happens to a mapped hole otherwise: its first page that is touched is read, others are read ahead with
 * it, and Linux (6.x) reads ahead into larger and larger units of its cache, up to 2 MB, which are written back as a whole: a
 * force after a kilobyte wrote megabytes (docs/performance.md, "The journal's pages"). Besides, a full disk is an exception
 * here and a fault of the machine in a mapping.
 *
 * <p>Pages that are written together become such a unit too, and cost less than half of as many single ones. So a long entry has
 * its pages at once, but for the last, in which the next entry goes on; and when nobody forces the file, the next entries
 * have theirs along with it.
 */
final class SegmentPages implements Closeable {
    private static final int PAGE_BYTES = 4 << 10;
    private static final int BLOCK_BYTES = 64 << 10;

    private final FileChannel file;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(BLOCK_BYTES);
    private long end;
    private long forcedEnd;
    private volatile boolean forced;

    private SegmentPages(FileChannel file) {
        this.file = file;
    }

    /** Creates the file, with nothing in it. */
    static SegmentPages create(Path path) throws IOException {
        return new SegmentPages(FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /**
     * Sees to it that there are pages up to this position of the file, each by itself: for what is written to again and again,
     * such as an index. What is behind the last ones was never written.
     */
    void provide(long position) throws IOException {
        while (end < position) {
            extendTo(end + PAGE_BYTES);
        }
    }

    /** The same for an entry, which is written once. */
    void provideTogether(long position) throws IOException {
        if (position <= end) {
            return;
        }
        if (forced) {
            forced = false;
            forcedEnd = end;
        }
        boolean forcedSeldom = end - forcedEnd >= BLOCK_BYTES;
        long lastPage = (position - 1) / PAGE_BYTES * PAGE_BYTES;
        if (forcedSeldom) {
            extendTo(lastPage + BLOCK_BYTES);
        } else {
            extendTo(lastPage);
            extendTo(lastPage + PAGE_BYTES);
        }
    }

    /** The file was forced: by any thread. */
    void forced() {
        forced = true;
    }

    private void extendTo(long newEnd) throws IOException {
        while (end < newEnd) {
            zeros.clear().limit((int) Math.min(BLOCK_BYTES, newEnd - end));
            while (zeros.hasRemaining()) {
                end += file.write(zeros, end);
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
