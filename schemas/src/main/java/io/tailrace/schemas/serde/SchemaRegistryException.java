package io.tailrace.schemas.serde;

import org.apache.kafka.common.KafkaException;

/**
 * The schema registry could not be asked, or refused. No fault of the record: whoever sets bad records aside should not
 * set it aside for this.
 */
public final class SchemaRegistryException extends KafkaException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    SchemaRegistryException(String message, boolean retryable, Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    SchemaRegistryException(String message, boolean retryable) {
        super(message);
        this.retryable = retryable;
    }

    /** Whether it may work later without any change: the registry was not reached, or was in trouble itself. */
    public boolean isRetryable() {
        return retryable;
    }
}
