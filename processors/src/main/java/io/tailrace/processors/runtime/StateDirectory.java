package io.tailrace.processors.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The directory where the processors of one process keep their stores, as long as that process uses it. */
public final class StateDirectory implements AutoCloseable {
    private static final String LOCK_FILE = "LOCK";

    private final FileChannel channel;

    private StateDirectory(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws FileSystemException when another process uses it */
    public static StateDirectory lock(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new StateDirectory(channel);
            }
        } catch (OverlappingFileLockException sameProcess) {
            channel.close();
            throw inUse(directory, sameProcess);
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
        channel.close();
        throw inUse(directory, null);
    }

    private static FileSystemException inUse(Path directory, Throwable cause) {
        FileSystemException inUse = new FileSystemException(
                directory.toString(),
                null,
                "other processors use this directory: give these a data directory of their own (data.dir)");
        inUse.initCause(cause);
        return inUse;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
