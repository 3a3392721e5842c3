package io.tailrace.capture.streams;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key that iterators are protected with, in a file that only its owner may read; made once, of random bytes. */
final class IteratorKey {
    private static final Logger LOG = LoggerFactory.getLogger(IteratorKey.class);

    private IteratorKey() {}

    /** @throws UncheckedIOException when the file can be neither read nor written */
    static byte[] load(Path file) {
        try {
            if (Files.exists(file)) {
                byte[] key = Files.readAllBytes(file);
                if (key.length == IteratorTokens.KEY_BYTES) {
                    return key;
                }
                LOG.warn("{} is no key and is replaced: iterators of streams from before are not accepted", file);
            }
            return make(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("the key of iterators in " + file + " cannot be used", failure);
        }
    }

    private static byte[] make(Path file) throws IOException {
        byte[] key = new byte[IteratorTokens.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(temporary, key);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return key;
    }
}
