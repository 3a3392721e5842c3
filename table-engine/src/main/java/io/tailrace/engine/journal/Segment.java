package io.tailrace.engine.journal;

import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * One piece of the journal: a directory, named after its first entry, with a Chronicle queue of one file.
 *
 * @param directory {@code <20 digits of the first sequence number>}
 */
record Segment(long firstSequence, Path directory) {
    private static final int NAME_DIGITS = 20;
    /** What a segment's directory is called while it is being deleted. */
    static final String REMOVED_PREFIX = "removed-";

    static Segment of(Path journalDirectory, long firstSequence) {
        return new Segment(
                firstSequence,
                journalDirectory.resolve(String.format(Locale.ROOT, "%0" + NAME_DIGITS + "d", firstSequence)));
    }

    /** The first sequence number in a directory's name, if it is that of a segment. */
    static OptionalLong firstSequence(Path directory) {
        String name = directory.getFileName().toString();
        if (name.length() != NAME_DIGITS || !name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(name));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    Path file() {
        return directory.resolve(SegmentQueue.FILE_NAME);
    }

    Path removedDirectory() {
        return directory.resolveSibling(REMOVED_PREFIX + directory.getFileName());
    }
}
