package io.tailrace.engine.recovery;

import java.nio.file.Path;

/** The state is damaged or gone, and the journal cannot replace it. Nothing was changed. */
public final class StateLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StateLostException(String problem, Path directory, long journalFirst, long journalLast) {
        super(problem + ". " + consequence(journalFirst, journalLast)
                + " Nothing was changed. Copy " + directory
                + " first, then see docs/operations.md, \"A damaged state\"; 'tailrace doctor " + directory
                + "' tells what can be read.");
    }

    private static String consequence(long journalFirst, long journalLast) {
        return journalFirst > journalLast
                ? "The journal is empty, so the state was the only copy of the tables."
                : "The journal has the commits " + journalFirst + " to " + journalLast
                        + " only, so the state was the only copy of what was committed before.";
    }
}
