package io.tailrace.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Data directories as releases wrote them, packed. Each is what a killed process left: the state has the first part of
 * {@link GoldenContent}, and the journal all of it. It uses only what all releases have, so that it can be put into an older one.
 */
final class GoldenDirectories {
    private static final int BLOCK_SIZE_BYTES = 1 << 20;

    private GoldenDirectories() {}

    /** Writes a directory with this release and packs it. */
    static void write(Path workDir, Path zip) throws IOException {
        Path data = workDir.resolve("data");
        try (TableEngine engine = open(data)) {
            GoldenContent.first(GoldenContent.into(engine));
        }
        try (TableEngine engine = open(data)) {
            GoldenContent.second(GoldenContent.into(engine));
            pack(data, zip);
        }
    }

    static TableEngine open(Path data) {
        EngineConfig config = TestEngines.config(data);
        return TableEngine.open(
                config.withJournal(config.journal().withBlockSizeBytes(BLOCK_SIZE_BYTES)), TestEngines.dependencies());
    }

    /** The files as they are now; zeros at their ends take no space in it. */
    private static void pack(Path data, Path zip) throws IOException {
        List<Path> files;
        try (Stream<Path> paths = Files.walk(data)) {
            files = paths.filter(Files::isRegularFile).sorted().toList();
        }
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream packed = new ZipOutputStream(out)) {
            for (Path file : files) {
                ZipEntry entry = new ZipEntry(data.relativize(file).toString());
                entry.setLastModifiedTime(FileTime.fromMillis(0));
                packed.putNextEntry(entry);
                Files.copy(file, packed);
                packed.closeEntry();
            }
        }
    }

    /** Unpacks the one of this name. */
    static void unpack(String name, Path data) throws IOException {
        try (InputStream in = GoldenDirectories.class.getResourceAsStream("/golden/" + name + ".zip");
                ZipInputStream packed = new ZipInputStream(in)) {
            for (ZipEntry entry = packed.getNextEntry(); entry != null; entry = packed.getNextEntry()) {
                Path file = data.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                byte[] bytes = packed.readAllBytes();
                SparseFiles.write(file, bytes, SparseFiles.contentLength(bytes), bytes.length);
            }
        }
    }
}
