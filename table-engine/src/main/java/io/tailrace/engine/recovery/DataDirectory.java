package io.tailrace.engine.recovery;

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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * An engine's directory: a lock that keeps other processes out, the format's version, the journal and the state.
 *
 * <p>The lock file also says which boot of the machine the directory was last opened in, and whether it was closed since:
 * from that follows whether a loss of power may have torn the journal's end.
 */
public final class DataDirectory implements AutoCloseable {
    private static final String FORMAT_NAME = "tailrace-engine";
    private static final int FORMAT_VERSION = 1;
    private static final String FORMAT_FILE = "FORMAT";
    private static final String LOCK_FILE = "LOCK";
    private static final String JOURNAL = "journal";
    private static final String STATE = "state";
    private static final String OPEN = "open";
    private static final String CLOSED = "closed";
    private static final Path BOOT_ID_FILE = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int MAX_LOCK_FILE_BYTES = 1024;

    private final Path path;
    private final DiskSync disk;
    private final FileChannel lock;
    /** What those are told who want the directory meanwhile. */
    private final String holder;

    private final Shutdown lastShutdown;

    private DataDirectory(Path path, DiskSync disk, FileChannel lock, String user, Shutdown lastShutdown) {
        this.path = path;
        this.disk = disk;
        this.lock = lock;
        this.holder = user + ", pid " + ProcessHandle.current().pid() + ", since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS);
        this.lastShutdown = lastShutdown;
    }

    /**
     * Takes the directory, creating it when needed.
     *
     * @param user who takes it, for those who are refused meanwhile; a few words
     * @throws IOException when another process uses it, naming that one, or when this release does not read its format
     */
    public static DataDirectory open(Path path, String user, DiskSync disk) throws IOException {
        create(path.toAbsolutePath(), disk);
        FileChannel lock = FileChannel.open(
                path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            takeLock(path, lock);
            List<String> lines = readLines(lock);
            checkFormat(path);
            DataDirectory directory = new DataDirectory(path, disk, lock, user, lastShutdown(lines));
            // Who is here is told at once; how the last use ended stays as it was.
            directory.write(lines.isEmpty() ? CLOSED : lines.get(0), lines.size() < 2 ? "" : lines.get(1));
            return directory;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Whether there is, or was, an engine's directory at this place. */
    public static boolean isOne(Path path) {
        return Files.isRegularFile(path.resolve(FORMAT_FILE))
                || Files.isRegularFile(path.resolve(LOCK_FILE))
                || Files.isDirectory(path.resolve(JOURNAL))
                || Files.isDirectory(path.resolve(STATE));
    }

    public Path path() {
        return path;
    }

    /** Whether writes were ever accepted here: then there is a journal and a state, or they were lost. */
    public boolean wasUsed() {
        return Files.exists(path.resolve(FORMAT_FILE));
    }

    public Path journal() {
        return path.resolve(JOURNAL);
    }

    public Path state() {
        return path.resolve(STATE);
    }

    /** How the directory's last use ended. */
    public Shutdown lastShutdown() {
        return lastShutdown;
    }

    /** To be called before writes are accepted, and after recovery, which must still know whether power was lost. */
    public void markOpen() throws IOException {
        if (!Files.exists(path.resolve(FORMAT_FILE))) {
            writeFormat();
        }
        mark(OPEN);
        disk.forceDirectory(path);
    }

    /** To be called when everything is on the disk. */
    public void markClosed() throws IOException {
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
            ByteBuffer bytes =
                    ByteBuffer.wrap((FORMAT_NAME + " " + FORMAT_VERSION + "\n").getBytes(StandardCharsets.UTF_8));
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
        throw new IOException("the data directory " + path.toAbsolutePath() + " is in use by another process"
                + (holder.size() >= 3 ? " (" + holder.get(2) + ")" : "")
                + "; stop it, or choose another directory");
    }

    private static void checkFormat(Path path) throws IOException {
        Path file = path.resolve(FORMAT_FILE);
        if (Files.exists(file)) {
            String found = Files.readString(file).strip();
            String readable = FORMAT_NAME + " " + FORMAT_VERSION;
            if (!found.equals(readable)) {
                throw new IOException(file + " says that the data directory has the format \"" + found
                        + "\", and this release reads \"" + readable + "\". Nothing was changed. "
                        + (found.startsWith(FORMAT_NAME + " ")
                                ? "Start the release that wrote it, or a later one"
                                : "It is no data directory, or the file was damaged: the first release wrote the line \""
                                        + readable + "\" into it"));
            }
        }
    }

    private void mark(String state) throws IOException {
        write(state, bootId());
    }

    private void write(String state, String boot) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap((state + "\n" + boot + "\n" + holder + "\n").getBytes(StandardCharsets.UTF_8));
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
