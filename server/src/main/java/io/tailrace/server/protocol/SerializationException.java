package io.tailrace.server.protocol;

/** The request's JSON is broken, or has a value of another type than the API's. */
final class SerializationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SerializationException(String message) {
        super(message, null, false, false);
    }
}
