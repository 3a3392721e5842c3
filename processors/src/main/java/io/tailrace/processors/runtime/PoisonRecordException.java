package io.tailrace.processors.runtime;

/** A record that can never be processed; it goes to the dead-letter topic, and processing goes on behind it. */
public final class PoisonRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PoisonRecordException(String message) {
        super(message, null, false, false);
    }
}
