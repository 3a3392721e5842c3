package io.tailrace.engine;

import io.tailrace.engine.disk.DiskSync;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** The machine's disk, made to fail when a test says so. */
public final class FaultyDisk implements DiskSync {
    private static final long PLENTY_BYTES = 1L << 40;

    private volatile long usableBytes = PLENTY_BYTES;
    private final AtomicInteger failingForces = new AtomicInteger();
    private final AtomicInteger failingOpens = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();

    void setUsableBytes(long bytes) {
        usableBytes = bytes;
    }

    void setPlenty() {
        usableBytes = PLENTY_BYTES;
    }

    /** As a disk that cannot write a block. */
    public void failForces(int count) {
        failingForces.set(count);
    }

    /** As a process that has all the files open that it may. */
    public void failOpens(int count) {
        failingOpens.set(count);
    }

    /** How often somebody looked how much is usable. */
    int looks() {
        return looks.get();
    }

    @Override
    public long usableBytes(Path directory) {
        looks.incrementAndGet();
        return usableBytes;
    }

    @Override
    public FileChannel open(Path file) throws IOException {
        if (take(failingOpens)) {
            throw new FileSystemException(file.toString(), null, "Too many open files");
        }
        return SYSTEM.open(file);
    }

    @Override
    public void force(Path file, FileChannel channel) throws IOException {
        if (take(failingForces)) {
            throw new IOException("Input/output error");
        }
        SYSTEM.force(file, channel);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        SYSTEM.forceDirectory(directory);
    }

    private static boolean take(AtomicInteger count) {
        return count.getAndUpdate(rest -> Math.max(rest - 1, 0)) > 0;
    }
}
