package io.tailrace.processors.replication;

/** Kafka has removed records before they were read: the target will never hear of them from here. */
final class LostRecordsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LostRecordsException(String message) {
        super(message);
    }
}
