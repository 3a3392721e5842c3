package io.tailrace.engine.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/**
 * Loads RocksDB's native library. By itself RocksDB unpacks 15 MB into the directory for temporary files and deletes them
 * when the process ends, which one that is killed never does; here they are deleted as soon as they are loaded.
 */
final class NativeLibrary {
    private NativeLibrary() {}

    /** Does nothing when it is loaded. */
    static void load() {
        try {
            Path directory = Files.createTempDirectory("tailrace-rocksdb");
            try {
                NativeLibraryLoader.getInstance().loadLibrary(directory.toString());
            } finally {
                delete(directory);
            }
        } catch (IOException failure) {
            throw new StateException("RocksDB's native library cannot be unpacked: " + failure.getMessage(), failure);
        }
        RocksDB.loadLibrary();
    }

    /** Where a loaded file cannot be deleted (Windows), it is deleted when the process ends. */
    private static void delete(Path directory) throws IOException {
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (!file.toFile().delete()) {
                    file.toFile().deleteOnExit();
                }
            }
        }
        if (!directory.toFile().delete()) {
            directory.toFile().deleteOnExit();
        }
    }
}
