package io.tailrace.server.admin;

/** The topics are not filled again; the message says why. */
public final class RebuildRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean later;

    /** @param later whether the same may work later, without anybody doing anything */
    public RebuildRefusedException(String message, boolean later, Throwable cause) {
        super(message, cause);
        this.later = later;
    }

    boolean isLater() {
        return later;
    }
}
