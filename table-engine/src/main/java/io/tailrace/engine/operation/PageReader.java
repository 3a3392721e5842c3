package io.tailrace.engine.operation;

import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Reads one page of Query or Scan. The page ends after the entry that reaches the limit or makes it a megabyte, filtered out
 * or not; then there is a key to go on after, even when nothing follows. (Developer Guide, "Paginating table query results".)
 */
final class PageReader {
    private static final int MAX_CHUNK_ENTRIES = 1000;

    /**
     * What a page should be.
     *
     * @param limit entries to look at, at most
     * @param fetchWhole whether to fetch the items of a local index's entries from the table
     * @param countOnly whether items are counted but not returned
     * @param filter what the page keeps, over the item as it was read
     * @param projection what it returns of an item
     */
    record Shape(
            int limit,
            boolean consistent,
            boolean fetchWhole,
            boolean countOnly,
            Predicate<Item> filter,
            UnaryOperator<Item> projection) {}

    /**
     * A page.
     *
     * @param items null when only counted
     * @param lastEvaluatedKey null at the end
     */
    record Page(List<Item> items, int count, int scannedCount, Item lastEvaluatedKey) {}

    private final ReadContext context;
    private final ReadTarget target;
    private final Shape shape;
    private final CapacityAccount account;

    private final List<Item> items = new ArrayList<>();
    private int count;
    private int scannedCount;
    private long entryBytes;
    private long pageBytes;

    PageReader(ReadContext context, ReadTarget target, Shape shape, CapacityAccount account) {
        this.context = context;
        this.target = target;
        this.shape = shape;
        this.account = account;
    }

    Page read(KeyRange range) {
        Item last = null;
        if (!range.isEmpty()) {
            try (EntrySource source = open(range)) {
                while (last == null && source.next()) {
                    Item entry = source.item();
                    take(entry);
                    if (scannedCount >= shape.limit() || pageBytes >= Limits.MAX_PAGE_BYTES) {
                        last = entry;
                    }
                }
            }
        }
        target.addUnits(account, CapacityAccount.readUnits(entryBytes, shape.consistent()));
        return new Page(
                shape.countOnly() ? null : items,
                count,
                scannedCount,
                last == null ? null : last.project(target.startKeyNames()));
    }

    private EntrySource open(KeyRange range) {
        if (!target.global()) {
            return new StateEntrySource(context, range);
        }
        return new GlobalIndexEntrySource(
                context.globalIndexes(),
                target.id(),
                range,
                Math.min(shape.limit(), MAX_CHUNK_ENTRIES),
                Limits.MAX_PAGE_BYTES);
    }

    private void take(Item entry) {
        scannedCount++;
        int entrySize = ItemSize.of(entry);
        entryBytes += entrySize;
        Item item = entry;
        if (shape.fetchWhole()) {
            item = whole(entry);
            int itemSize = ItemSize.of(item);
            account.addTable(CapacityAccount.readUnits(itemSize, shape.consistent()));
            pageBytes += itemSize;
        } else {
            pageBytes += entrySize;
        }
        if (shape.filter().test(item)) {
            count++;
            if (!shape.countOnly()) {
                items.add(shape.projection().apply(item));
            }
        }
    }

    /** The item of a local index's entry: both are of one commit, so it is there. */
    private Item whole(Item entry) {
        StoredItem item = context.item(target.table(), entry);
        if (item == null) {
            throw new IllegalStateException(
                    "an entry of index " + target.index().name() + " without its item");
        }
        return item.item();
    }
}
