package io.tailrace.benchmarks.core;

/** A benchmark needs something that is not there; the message says what, and how to get it. */
public final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String message) {
        super(message);
    }
}
