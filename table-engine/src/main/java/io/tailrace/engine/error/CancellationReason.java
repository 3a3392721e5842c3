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
}
