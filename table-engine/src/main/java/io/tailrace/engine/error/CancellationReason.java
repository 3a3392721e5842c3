package io.tailrace.engine.error;

import io.tailrace.schemas.model.Item;

/**
 * Why one action of a transaction did not go through, or {@link #NONE} for one that did not stand in the way.
 *
 * @param code {@code None}, {@code ConditionalCheckFailed}, {@code ValidationError}, ...
 * @param message null with {@code None}
 * @param item the item as it is, when the action asked for it with ReturnValuesOnConditionCheckFailure, else null
 */
public record CancellationReason(String code, String message, Item item) {
    public static final CancellationReason NONE = new CancellationReason("None", null, null);

    private static final String CONDITIONAL_CHECK_FAILED = "ConditionalCheckFailed";
    private static final String VALIDATION_ERROR = "ValidationError";
    private static final String ITEM_COLLECTION_TOO_LARGE = "ItemCollectionSizeLimitExceeded";
    private static final String DUPLICATE_ITEM = "DuplicateItem";

    /** A condition that does not hold; {@code item} is null unless the action asked for it. */
    public static CancellationReason conditionalCheckFailed(Item item) {
        return new CancellationReason(CONDITIONAL_CHECK_FAILED, ErrorMessages.conditionalCheckFailed(), item);
    }

    /** An INSERT of an item that there is already. */
    public static CancellationReason duplicateItem() {
        return new CancellationReason(DUPLICATE_ITEM, StatementErrorMessages.duplicateItem(), null);
    }

    /** An action that makes an item collection too large. */
    public static CancellationReason itemCollectionTooLarge() {
        return new CancellationReason(ITEM_COLLECTION_TOO_LARGE, ErrorMessages.itemCollectionTooLarge(), null);
    }

    /** An action that its table or item cannot take. */
    public static CancellationReason validationError(String message) {
        return new CancellationReason(VALIDATION_ERROR, message, null);
    }
}
