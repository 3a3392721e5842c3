package io.tailrace.engine.error;

/**
 * The errors of the API with what goes over the wire: the {@code __type} with its name space, the HTTP status and
 * whether a client may send the same request again. (Developer Guide, "Error handling with DynamoDB"; API Reference,
 * "Common Errors".)
 */
public enum ErrorType {
    VALIDATION(Space.VALIDATE, "ValidationException", 400, false),

    SERIALIZATION(Space.SERVICE, "SerializationException", 400, false),
    UNKNOWN_OPERATION(Space.SERVICE, "UnknownOperationException", 400, false),
    ACCESS_DENIED(Space.SERVICE, "AccessDeniedException", 400, false),
    INCOMPLETE_SIGNATURE(Space.SERVICE, "IncompleteSignatureException", 400, false),
    INVALID_SIGNATURE(Space.SERVICE, "InvalidSignatureException", 400, false),
    MISSING_AUTHENTICATION_TOKEN(Space.SERVICE, "MissingAuthenticationTokenException", 400, false),
    UNRECOGNIZED_CLIENT(Space.SERVICE, "UnrecognizedClientException", 400, false),
    SERVICE_UNAVAILABLE(Space.SERVICE, "ServiceUnavailableException", 503, true),

    THROTTLING(Space.AVAILABILITY, "ThrottlingException", 400, true),

    BACKUP_NOT_FOUND(Space.DYNAMODB, "BackupNotFoundException", 400, false),
    CONDITIONAL_CHECK_FAILED(Space.DYNAMODB, "ConditionalCheckFailedException", 400, false),
    DUPLICATE_ITEM(Space.DYNAMODB, "DuplicateItemException", 400, false),
    EXPORT_NOT_FOUND(Space.DYNAMODB, "ExportNotFoundException", 400, false),
    GLOBAL_TABLE_NOT_FOUND(Space.DYNAMODB, "GlobalTableNotFoundException", 400, false),
    IDEMPOTENT_PARAMETER_MISMATCH(Space.DYNAMODB, "IdempotentParameterMismatchException", 400, false),
    IMPORT_NOT_FOUND(Space.DYNAMODB, "ImportNotFoundException", 400, false),
    INDEX_NOT_FOUND(Space.DYNAMODB, "IndexNotFoundException", 400, false),
    INTERNAL_SERVER_ERROR(Space.DYNAMODB, "InternalServerError", 500, true),
    ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED(Space.DYNAMODB, "ItemCollectionSizeLimitExceededException", 400, true),
    LIMIT_EXCEEDED(Space.DYNAMODB, "LimitExceededException", 400, true),
    POLICY_NOT_FOUND(Space.DYNAMODB, "PolicyNotFoundException", 400, false),
    PROVISIONED_THROUGHPUT_EXCEEDED(Space.DYNAMODB, "ProvisionedThroughputExceededException", 400, true),
    REQUEST_LIMIT_EXCEEDED(Space.DYNAMODB, "RequestLimitExceeded", 400, true),
    RESOURCE_IN_USE(Space.DYNAMODB, "ResourceInUseException", 400, false),
    RESOURCE_NOT_FOUND(Space.DYNAMODB, "ResourceNotFoundException", 400, false),
    TABLE_ALREADY_EXISTS(Space.DYNAMODB, "TableAlreadyExistsException", 400, false),
    TABLE_IN_USE(Space.DYNAMODB, "TableInUseException", 400, false),
    TABLE_NOT_FOUND(Space.DYNAMODB, "TableNotFoundException", 400, false),
    TRANSACTION_CANCELED(Space.DYNAMODB, "TransactionCanceledException", 400, false),
    TRANSACTION_CONFLICT(Space.DYNAMODB, "TransactionConflictException", 400, true),
    TRANSACTION_IN_PROGRESS(Space.DYNAMODB, "TransactionInProgressException", 400, true),

    EXPIRED_ITERATOR(Space.DYNAMODB, "ExpiredIteratorException", 400, false),
    TRIMMED_DATA_ACCESS(Space.DYNAMODB, "TrimmedDataAccessException", 400, false);

    /** The name spaces of wire types. */
    private static final class Space {
        static final String DYNAMODB = "com.amazonaws.dynamodb.v20120810#";
        static final String SERVICE = "com.amazon.coral.service#";
        static final String VALIDATE = "com.amazon.coral.validate#";
        static final String AVAILABILITY = "com.amazon.coral.availability#";

        private Space() {}
    }

    private final String nameSpace;
    private final String code;
    private final int httpStatus;
    private final boolean retryable;

    ErrorType(String nameSpace, String code, int httpStatus, boolean retryable) {
        this.nameSpace = nameSpace;
        this.code = code;
        this.httpStatus = httpStatus;
        this.retryable = retryable;
    }

    /** The {@code __type} member of the error body. */
    public String wireType() {
        return nameSpace + code;
    }

    /** The error code without its name space, as SDKs and cancellation reasons give it. */
    public String code() {
        return code;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** Whether the same request may succeed when sent again. */
    public boolean retryable() {
        return retryable;
    }

    /** How the error body calls the text, which is not the same for all. (API Reference, the errors' members.) */
    public String messageMember() {
        return switch (this) {
            case SERIALIZATION,
                    ACCESS_DENIED,
                    TRANSACTION_CANCELED,
                    TRANSACTION_IN_PROGRESS,
                    IDEMPOTENT_PARAMETER_MISMATCH -> "Message";
            default -> "message";
        };
    }
}
