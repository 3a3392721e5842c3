package io.tailrace.engine.journal;

import java.io.IOException;

/** There is no room for the entries. Nothing was appended; when there is room again, the same call succeeds. */
public final class JournalFullException extends IOException {
    private static final long serialVersionUID = 1L;

    JournalFullException(String message) {
        super(message);
    }
}
