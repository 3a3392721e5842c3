package io.tailrace.server.cli;

/** A command cannot do what was asked; the message says why to the user. */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
