package io.tailrace.engine.check;

import java.util.Objects;

/**
 * One line of what a check says.
 *
 * @param part what was looked at: journal, state, indexes, capture
 * @param text what was found, with its place, and what follows from it
 * @param advice what to do about it; empty when there is nothing to do
 */
public record Finding(Kind kind, String part, String text, String advice) {
    /** How bad it is. */
    public enum Kind {
        /** It was looked at, and is as it should be. */
        OK,
        /** Not as it should be; the next start, or {@code --repair}, sets it right without loss. */
        REPAIRABLE,
        /** Something is lost, or cannot be told from the directory alone: someone has to decide. */
        DAMAGE,
        /** A repair was made. */
        REPAIRED
    }

    public Finding {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(part);
        Objects.requireNonNull(text);
        Objects.requireNonNull(advice);
    }

    public static Finding ok(String part, String text) {
        return new Finding(Kind.OK, part, text, "");
    }

    public static Finding repairable(String part, String text, String advice) {
        return new Finding(Kind.REPAIRABLE, part, text, advice);
    }

    public static Finding damage(String part, String text, String advice) {
        return new Finding(Kind.DAMAGE, part, text, advice);
    }

    public static Finding repaired(String part, String text) {
        return new Finding(Kind.REPAIRED, part, text, "");
    }

    /** The same of a part among several alike: {@code prefix} comes before the part's name. */
    public Finding within(String prefix) {
        return new Finding(kind, prefix + part, text, advice);
    }
}
