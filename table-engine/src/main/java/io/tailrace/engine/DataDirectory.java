package io.tailrace.engine;

import io.tailrace.engine.disk.DiskSync;
import io.tailrace.engine.journal.Shutdown;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * An engine's directory: a lock that keeps other processes out, the format's version, the journal and the state.
 *
 * <p>The lock file also says which boot of the machine the directory was last opened in, and whether it was closed since:
 * from that follows whether a loss of power may have torn the journal's end.
 */
final class DataDirectory implements AutoCloseable {
    private static final String FORMAT = "tailrace-engine 1";
    private static final String FORMAT_FILE = "FORMAT";
    private static final String LOCK_FILE = "LOCK";
    private static final String OPEN = "open";
    private static final String CLOSED = "closed";
    private static final Path BOOT_ID_FILE = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int MAX_LOCK_FILE_BYTES = 1024;

    private final Path path;
    private final DiskSync disk;
    private final FileChannel lock;
    private final Shutdown lastShutdown;

    private DataDirectory(Path path, DiskSync disk, FileChannel lock, Shutdown lastShutdown) {
        this.path = path;
        this.disk = disk;
        this.lock = lock;
        this.lastShutdown = lastShutdown;
    }

    static DataDirectory open(Path path, DiskSync disk) throws IOException {
        create(path.toAbsolutePath(), disk);
        FileChannel lock = FileChannel.open(
                path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            takeLock(path, lock);
            checkFormat(path);
            return new DataDirectory(path, disk, lock, lastShutdown(readLines(lock)));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    Path journal() {
        return path.resolve("journal");
    }

    Path state() {
        return path.resolve("state");
    }

    /** How the directory's last use ended. */
    Shutdown lastShutdown() {
        return lastShutdown;
    }

    /** To be called before writes are accepted, and after recovery, which must still know whether power was lost. */
    void markOpen() throws IOException {
        if (!Files.exists(path.resolve(FORMAT_FILE))) {
            writeFormat();
        }
        mark(OPEN);
        disk.forceDirectory(path);
    }

    /** To be called when everything is on the disk. */
    void markClosed() throws IOException {
        mark(CLOSED);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    /** Under another name first: a file of that name is always whole. */
    private void writeFormat() throws IOException {
        Path next = path.resolve(FORMAT_FILE + ".next");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap((FORMAT + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            disk.force(next, channel);
        }
        Files.move(next, path.resolve(FORMAT_FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    private static Shutdown lastShutdown(List<String> lockFile) throws IOException {
        if (lockFile.isEmpty() || lockFile.get(0).equals(CLOSED)) {
            return Shutdown.CLEAN;
        }
        boolean sameBoot =
                lockFile.size() >= 2 && !bootId().isEmpty() && lockFile.get(1).equals(bootId());
        return sameBoot ? Shutdown.PROCESS_ENDED : Shutdown.POWER_LOST;
    }

    /** Each directory that is made has its name on the disk before anything is in it. */
    private static void create(Path directory, DiskSync disk) throws IOException {
        if (!Files.isDirectory(directory)) {
            create(directory.getParent(), disk);
            Files.createDirectory(directory);
            disk.forceDirectory(directory.getParent());
        }
    }

    private static void takeLock(Path path, FileChannel lock) throws IOException {
        try {
            if (lock.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException("the data directory " + path + " is in use by this process already", e);
        }
        List<String> holder = readLines(lock);
        throw new IOException("the data directory " + path + " is in use by another process"
                + (holder.size() >= 3 ? " (" + holder.get(2) + ")" : "")
                + "; stop it, or choose another directory");
    }

    private static void checkFormat(Path path) throws IOException {
        Path file = path.resolve(FORMAT_FILE);
        if (Files.exists(file)) {
            String found = Files.readString(file).strip();
            if (!found.equals(FORMAT)) {
                throw new IOException("the data directory " + path + " has the format \"" + found
                        + "\", this release reads \"" + FORMAT + "\"");
            }
        }
    }

    private void mark(String state) throws IOException {
        String text =
                state + "\n" + bootId() + "\npid " + ProcessHandle.current().pid() + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            lock.write(bytes, bytes.position());
        }
        lock.truncate(bytes.limit());
        disk.force(path.resolve(LOCK_FILE), lock);
    }

    private static List<String> readLines(FileChannel file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_LOCK_FILE_BYTES);
        int length = Math.max(file.read(bytes, 0), 0);
        return new String(bytes.array(), 0, length, StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /** Changes with every start of the machine; empty where the system does not tell. */
    private static String bootId() throws IOException {
        return Files.isReadable(BOOT_ID_FILE) ? Files.readString(BOOT_ID_FILE).strip() : "";
    }
}
