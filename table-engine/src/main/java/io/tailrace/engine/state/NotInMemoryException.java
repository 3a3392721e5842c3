package io.tailrace.engine.state;

/** What was to be read from memory alone may be in the files only. */
public final class NotInMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Not an error, and frequent: it does not tell where it was made. */
    NotInMemoryException() {
        super("not in memory", null, false, false);
    }
}
