package io.tailrace.server.demo;

/** The demo cannot go on; the message is for the person at the terminal. */
final class DemoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoException(String message, Throwable cause) {
        super(message, cause);
    }
}
