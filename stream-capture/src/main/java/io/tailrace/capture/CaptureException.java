package io.tailrace.capture;

/** Capture cannot go on until someone does something; the message says what is wrong and what can be done. */
public class CaptureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CaptureException(String message) {
        super(message);
    }

    public CaptureException(String message, Throwable cause) {
        super(message, cause);
    }
}
