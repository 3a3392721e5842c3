package io.tailrace.engine.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Gives a queue's file its pages, page by page, before they are written through a mapping.
 *
 * <p>Because of what happens to a mapped hole otherwise: its first page that is touched is read, others are read ahead with
 * it, and Linux (6.x) reads ahead into larger and larger units of its cache, up to 2 MB, which are written back as a whole: a
 * force after a kilobyte wrote megabytes (docs/performance.md, "The journal's pages"). Besides, a full disk is an exception
 * here and a fault of the machine in a mapping.
 */
final class SegmentPages implements Closeable {
    private static final int PAGE_BYTES = 4 << 10;

    private final FileChannel file;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(PAGE_BYTES);
    private long end;

    private SegmentPages(FileChannel file) {
        this.file = file;
    }

    /** Creates the file, with nothing in it. */
    static SegmentPages create(Path path) throws IOException {
        return new SegmentPages(FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /** Sees to it that there are pages up to this position of the file; what is behind the last ones was never written. */
    void provide(long position) throws IOException {
        while (end < position) {
            zeros.clear();
            while (zeros.hasRemaining()) {
                file.write(zeros, end + zeros.position());
            }
            end += PAGE_BYTES;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
