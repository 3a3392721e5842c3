package io.tailrace.engine.writer;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.journal.CommandPosition;

/** What the writer itself refuses or fails with. */
final class WriterErrors {
    private WriterErrors() {}

    /** (API Reference, "Common Errors", ThrottlingException.) */
    static DynamoException queueFull(int capacity) {
        return new DynamoException(
                ErrorType.THROTTLING, "Too many writes are waiting (" + capacity + "); please retry with backoff");
    }

    /** Each of them is kept for as long as it may come again, so there must be an end to them. */
    static DynamoException tooManyTokens(long tokens) {
        return new DynamoException(
                ErrorType.THROTTLING,
                "Too many client request tokens (" + tokens + ") within their lifetime; please retry with backoff");
    }

    static DynamoException tooLarge(long bytes, int maxBytes) {
        return DynamoException.validation(
                "The write needs " + bytes + " bytes in the journal with the old and new images"
                        + " of its items; the limit is " + maxBytes + " bytes (a quarter of the journal's block size)");
    }

    static DynamoException internal(Throwable cause) {
        return new DynamoException(ErrorType.INTERNAL_SERVER_ERROR, "Internal server error", cause);
    }

    /** The write may be found when the process ends before the repair; else it is not there. */
    static DynamoException outcomeUnknown() {
        return new DynamoException(
                ErrorType.INTERNAL_SERVER_ERROR, "The journal failed; it is not known whether the write took place");
    }

    /** Nothing of the write was done. */
    static DynamoException full(String reason) {
        return new DynamoException(ErrorType.INTERNAL_SERVER_ERROR, "Writes are refused for now: " + reason);
    }

    static DynamoException commandAfterFailure() {
        return new DynamoException(
                ErrorType.INTERNAL_SERVER_ERROR, "Commands before this one failed; ask again which was the last");
    }

    /** Without the cause, which the log has once: there may be thousands of these. */
    static DynamoException stopped() {
        return new DynamoException(
                ErrorType.INTERNAL_SERVER_ERROR,
                "Writes are refused until the journal and the state work again; please retry with backoff");
    }

    static DynamoException closed() {
        return new DynamoException(ErrorType.SERVICE_UNAVAILABLE, "The engine is closed");
    }

    static IllegalArgumentException repeatedCommand(CommandPosition position, long appliedOffset) {
        return new IllegalArgumentException(
                "the command at " + position + " is behind the last one that was carried out, offset " + appliedOffset);
    }
}
