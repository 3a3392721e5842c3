package io.tailrace.engine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Files that end with megabytes of zeros, as those of the journal do, without their zeros. */
public final class SparseFiles {
    private SparseFiles() {}

    /** Copies a tree; what is zero at the end of a file becomes a hole. */
    public static void copy(Path from, Path to) {
        try {
            Files.walkFileTree(from, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                    Files.createDirectories(to.resolve(from.relativize(dir)));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    byte[] bytes = Files.readAllBytes(file);
                    write(to.resolve(from.relativize(file)), bytes, contentLength(bytes), bytes.length);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** How many bytes there are in front of the zeros at the end. */
    public static int contentLength(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return length;
    }

    /** Writes the first bytes, and a hole up to the length. */
    public static void write(Path file, byte[] bytes, int contentLength, long length) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(bytes, 0, contentLength);
            out.setLength(length);
        }
    }
}
