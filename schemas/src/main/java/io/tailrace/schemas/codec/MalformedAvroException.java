package io.tailrace.schemas.codec;

/** Bytes that are not what the schema says. */
public final class MalformedAvroException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedAvroException(String message) {
        super(message);
    }

    public MalformedAvroException(String message, Throwable cause) {
        super(message, cause);
    }
}
