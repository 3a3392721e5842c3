package io.tailrace.engine.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;

/** How much a directory's files take. */
public final class DiskUse {
    private DiskUse() {}

    /**
     * The sum of the lengths of all files below the directory; 0 when there is none. What comes and goes meanwhile may be
     * counted or not.
     *
     * @param counted false for files whose length says nothing, being mostly a hole
     */
    public static long bytes(Path directory, Predicate<Path> counted) {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        Sum sum = new Sum(counted);
        try {
            Files.walkFileTree(directory, sum);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum.bytes;
    }

    private static final class Sum extends SimpleFileVisitor<Path> {
        private final Predicate<Path> counted;
        private long bytes;

        Sum(Predicate<Path> counted) {
            this.counted = counted;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (counted.test(file)) {
                bytes += attributes.size();
            }
            return FileVisitResult.CONTINUE;
        }

        /** It was there a moment ago. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException gone) {
            return FileVisitResult.CONTINUE;
        }
    }
}
