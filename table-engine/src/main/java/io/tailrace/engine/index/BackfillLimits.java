package io.tailrace.engine.index;

/**
 * How fast items are told again for an index that was added to a table.
 *
 * @param itemsPerSecond at most, over all tables of the engine
 * @param sliceItems in one commit at most
 * @param sliceBytes the encoded items of one commit, as soon as they reach this
 */
public record BackfillLimits(int itemsPerSecond, int sliceItems, long sliceBytes) {
    /** A commit has room for 1,000 mutations, of which the API's own writes have up to 100. */
    private static final int MAX_SLICE_ITEMS = 1_000;

    public static final BackfillLimits DEFAULT = new BackfillLimits(10_000, 200, 256 << 10);

    public BackfillLimits {
        if (itemsPerSecond < 1 || sliceItems < 1 || sliceItems > MAX_SLICE_ITEMS || sliceBytes < 1) {
            throw new IllegalArgumentException(
                    "a backfill of " + itemsPerSecond + " items/s in slices of " + sliceItems + ", " + sliceBytes);
        }
    }

    public BackfillLimits withItemsPerSecond(int items) {
        return new BackfillLimits(items, sliceItems, sliceBytes);
    }

    public BackfillLimits withSliceItems(int items) {
        return new BackfillLimits(itemsPerSecond, items, sliceBytes);
    }
}
