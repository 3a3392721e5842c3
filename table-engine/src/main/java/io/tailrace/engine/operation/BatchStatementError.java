package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.schemas.model.Item;

/**
 * Why one statement of a batch did not go through. (API Reference, BatchStatementError.)
 *
 * @param item the item whose condition failed, when the statement asked for it, else null
 */
public record BatchStatementError(String code, String message, Item item) {
    static BatchStatementError of(DynamoException refused) {
        return new BatchStatementError(
                code(refused), refused.getMessage(), refused.item().orElse(null));
    }

    /** The codes are those of the API's errors, but without "Exception" at their end, or with "Error" in its place. */
    private static String code(DynamoException refused) {
        return switch (refused.type()) {
            case CONDITIONAL_CHECK_FAILED -> "ConditionalCheckFailed";
            case ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED -> "ItemCollectionSizeLimitExceeded";
            case REQUEST_LIMIT_EXCEEDED -> "RequestLimitExceeded";
            case VALIDATION -> "ValidationError";
            case PROVISIONED_THROUGHPUT_EXCEEDED -> "ProvisionedThroughputExceeded";
            case TRANSACTION_CONFLICT -> "TransactionConflict";
            case THROTTLING -> "ThrottlingError";
            case RESOURCE_NOT_FOUND -> "ResourceNotFound";
            case ACCESS_DENIED -> "AccessDenied";
            case DUPLICATE_ITEM -> "DuplicateItem";
            default -> "InternalServerError";
        };
    }
}
