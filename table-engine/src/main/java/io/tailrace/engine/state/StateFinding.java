package io.tailrace.engine.state;

import java.util.Objects;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * What a state's directory holds.
 *
 * @param appliedSequence the last commit that is in the files; 0 when there is none
 * @param reason what is wrong, in RocksDB's words, which name the file; empty unless it is damaged
 */
public record StateFinding(Kind kind, long appliedSequence, String reason) {
    /** Whether it can be used. */
    public enum Kind {
        /** There is no state. */
        NONE,
        /** All files are there, and what the start reads can be read. */
        READABLE,
        /** A file is missing, cut off or changed. */
        DAMAGED
    }

    public StateFinding {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(reason);
    }

    static StateFinding none() {
        return new StateFinding(Kind.NONE, 0, "");
    }

    static StateFinding readable(long appliedSequence) {
        return new StateFinding(Kind.READABLE, appliedSequence, "");
    }

    static StateFinding damaged(String reason) {
        return new StateFinding(Kind.DAMAGED, 0, reason);
    }

    /**
     * Whether files are missing, cut off or changed; else something is in the way of reading them: rights, a failing disk, too
     * many open files.
     */
    static boolean isDamage(RocksDBException failure) {
        Status status = failure.getStatus();
        if (status == null) {
            return false;
        }
        return switch (status.getCode()) {
            case Corruption, NotFound, InvalidArgument -> true;
            case IOError -> failure.getMessage().contains("No such file");
            default -> false;
        };
    }
}
