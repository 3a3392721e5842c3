package io.tailrace.server.runtime;

/** The server cannot start; the message says why to someone who runs it, and what can be done. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
