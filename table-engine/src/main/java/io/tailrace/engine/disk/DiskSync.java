package io.tailrace.engine.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Forces files and directories to the disk, and what else a disk can refuse. What was not forced may be lost with the power,
 * or be there in part: any of a file's changed pages, any of a directory's changed entries, in any order. Safe for use by
 * several threads.
 */
public interface DiskSync {
    /** The operating system's. */
    DiskSync SYSTEM = new DiskSync() {
        @Override
        public void force(Path file, FileChannel channel) throws IOException {
            channel.force(false);
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    };

    /**
     * Returns when the file's content and size are on the disk, what was changed through mappings included. Whether the file has
     * its name is the directory's affair.
     *
     * @param channel of that file
     */
    void force(Path file, FileChannel channel) throws IOException;

    /** Returns when the names in the directory are on the disk: of files that are new, gone, or renamed. */
    void forceDirectory(Path directory) throws IOException;

    /**
     * How many bytes this process may still write to the file system that the directory is on; 0 when that is not known. One
     * system call, which needs no open file: a {@code FileStore} would read the list of mounts each time.
     */
    default long usableBytes(Path directory) throws IOException {
        return directory.toFile().getUsableSpace();
    }

    /** Opens a file that exists, to be forced or cut. */
    default FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}
