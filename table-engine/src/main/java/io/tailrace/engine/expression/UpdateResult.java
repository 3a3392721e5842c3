package io.tailrace.engine.expression;

import io.tailrace.schemas.model.Item;

/** What an update made of an item. */
public final class UpdateResult {
    private final Item before;
    private final Item after;
    private final boolean stores;
    private final BoundProjection changed;

    UpdateResult(Item before, Item after, boolean stores, BoundProjection changed) {
        this.before = before;
        this.after = after;
        this.stores = stores;
        this.changed = changed;
    }

    /** The item as it is now, with its key. */
    public Item newItem() {
        return after;
    }

    /**
     * Whether there is an item now: false only when there was none and the update did nothing but remove, which makes
     * none.
     */
    public boolean storesItem() {
        return stores;
    }

    /** What the updated paths led to before: ReturnValues UPDATED_OLD. */
    public Item updatedOld() {
        return before == null ? Item.EMPTY : changed.apply(before);
    }

    /**
     * What the updated paths lead to now: ReturnValues UPDATED_NEW. As in DynamoDB the positions of lists are taken as
     * written: an element that was appended for a position beyond the end is not among them, and after a removal the
     * element that moved up is.
     */
    public Item updatedNew() {
        return changed.apply(after);
    }
}
