package io.tailrace.schemas.json;

/** JSON that DynamoDB refuses, with its message. A client's mistake, so without a stack trace. */
public final class DynamoJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Which of DynamoDB's errors it is. */
    public enum Kind {
        /** The JSON is not of the API's types: {@code SerializationException}. */
        SERIALIZATION,
        /** The JSON is of the API's types, but no valid value: {@code ValidationException}. */
        VALIDATION
    }

    private final Kind kind;
    private final String olderMessage;
    private final boolean veryDeep;

    DynamoJsonException(Kind kind, String message) {
        this(kind, message, message);
    }

    DynamoJsonException(Kind kind, String message, String olderMessage) {
        this(kind, message, olderMessage, false);
    }

    DynamoJsonException(Kind kind, String message, String olderMessage, boolean veryDeep) {
        super(message, null, false, false);
        this.kind = kind;
        this.olderMessage = olderMessage;
        this.veryDeep = veryDeep;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the value nests so deeply that DynamoDB validates all of the request in its older way. */
    public boolean isVeryDeep() {
        return veryDeep;
    }

    /**
     * The words of those operations that DynamoDB still validates in its older way (Scan, BatchWriteItem, transactions);
     * mostly the same.
     */
    public String olderMessage() {
        return olderMessage;
    }
}
