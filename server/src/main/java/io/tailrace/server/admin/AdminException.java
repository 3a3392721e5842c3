package io.tailrace.server.admin;

/** A request to the admin port that cannot be answered, with the status that says why. */
final class AdminException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    AdminException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
