package io.tailrace.server.runtime;

import io.tailrace.engine.disk.DiskSync;
import io.tailrace.engine.recovery.DataDirectory;
import io.tailrace.server.settings.RegionSettings;
import io.tailrace.server.settings.ServerConfig;
import io.tailrace.server.settings.TailraceSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which regions a data directory has. The first one's journal is in the data directory itself, and a file there says which it
 * is: under another name its streams and topics would be others. The others have a directory each.
 */
public final class RegionDirectories {
    static final String FILE = "REGION";

    private RegionDirectories() {}

    /** The region that the directory began with; empty when it is new, or older than the file. */
    public static Optional<String> home(Path dataDir) throws IOException {
        Path file = dataDir.resolve(FILE);
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    /** The regions besides the first that have tables here, or had, by name. */
    public static SortedSet<String> further(ServerConfig config) throws IOException {
        try (Stream<Path> entries = Files.list(config.regionsDir())) {
            return entries.filter(DataDirectory::isOne)
                    .map(path -> path.getFileName().toString())
                    .filter(RegionSettings::isName)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (NoSuchFileException none) {
            return new TreeSet<>();
        }
    }

    /** @throws StartException when the directory began with another region */
    static void requireHome(Path dataDir, String region) {
        try {
            Optional<String> begun = home(dataDir);
            if (begun.isPresent() && !begun.get().equals(region)) {
                throw new StartException(
                        "the data directory " + dataDir + " began with the region " + begun.get() + ", not " + region
                                + ". Start it with " + TailraceSettings.REGION_NAME.flag() + " " + begun.get()
                                + ", which need not be the only region, or choose another directory",
                        null);
            }
        } catch (IOException unreadable) {
            throw new StartException(unreadable.toString(), unreadable);
        }
    }

    /** Notes the region of a directory that is in use by this process. */
    static void noteHome(Path dataDir, String region) {
        try {
            if (home(dataDir).isEmpty()) {
                write(dataDir, region);
            }
        } catch (IOException refused) {
            throw new StartException(refused.toString(), refused);
        }
    }

    /** Under another name first: a file of that name is always whole. */
    private static void write(Path dataDir, String region) throws IOException {
        Path next = dataDir.resolve(FILE + ".next");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap((region + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            DiskSync.SYSTEM.force(next, channel);
        }
        Files.move(next, dataDir.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        DiskSync.SYSTEM.forceDirectory(dataDir);
    }
}
