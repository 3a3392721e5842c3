package io.tailrace.processors;

/**
 * A query met a processor that is starting, rebalancing or restoring, and it did not become ready in time. It may be asked
 * again; no part of an answer was given.
 */
public class ProcessorNotReadyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProcessorNotReadyException(String message, Throwable cause) {
        super(message, cause);
    }
}
