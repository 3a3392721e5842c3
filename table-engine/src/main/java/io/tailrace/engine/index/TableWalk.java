package io.tailrace.engine.index;

import io.tailrace.engine.catalog.BackfillTurn;
import io.tailrace.engine.operation.BackfillOperation;
import io.tailrace.engine.read.DeletedItem;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.StateCursor;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Goes through the table once, slice by slice, and has its items told again in the log, and then, for a replica of a global
 * table, what is known of those that were deleted. Each slice is one commit, in order with all other writes.
 *
 * <p>Between two slices it waits at least as long as the last one took, so that foreground writes have half of the writer
 * however slow that is, and longer when the rate is limited.
 */
final class TableWalk {
    private final IndexLifecycle.Surroundings surroundings;
    private final TableDefinition table;
    private final BackfillTurn turn;
    private final BackfillLimits limits;
    private final byte[] end;
    private byte[] position;
    /** Whether all items were told, and deletions follow. */
    private boolean itemsEnded;
    /** The last one that was told; null before the first. */
    private DeletedItem deleted;

    private long pausedUntilNanos;

    /** The next items, and the state key behind the last of them; or the last of the deletions. */
    private record Slice(List<Item> keys, byte[] next, DeletedItem lastDeleted) {}

    /** What a step did. */
    enum Step {
        /** It was not the time, or another backfill of the table has its turn. */
        PAUSED,
        TOLD,
        /** There are no more items. */
        ENDED
    }

    /** @param turn whose it is: the catalog said so before */
    TableWalk(
            IndexLifecycle.Surroundings surroundings, BackfillLimits limits, TableDefinition table, BackfillTurn turn) {
        this.surroundings = surroundings;
        this.table = table;
        this.turn = turn;
        this.limits = limits;
        byte[] first = StateKeys.idPrefix(table.id());
        byte[] told = surroundings.backfilledUpTo().apply(table.id());
        this.position = told == null ? first : StateKeys.after(told);
        this.end = StateKeys.successor(first);
        this.pausedUntilNanos = surroundings.nanoTime().getAsLong();
    }

    /** Tells the next slice, if it is time. */
    Step step() throws InterruptedException {
        long start = surroundings.nanoTime().getAsLong();
        if (start - pausedUntilNanos < 0) {
            return Step.PAUSED;
        }
        Slice slice = surroundings.executor().read(this::nextSlice);
        if (slice.keys().isEmpty()) {
            if (turn.telling() == null || itemsEnded) {
                return Step.ENDED;
            }
            itemsEnded = true;
            return Step.PAUSED;
        }
        if (!IndexLifecycle.write(surroundings.executor(), new BackfillOperation(table, turn, slice.keys()))) {
            return Step.PAUSED;
        }
        position = slice.next();
        deleted = slice.lastDeleted();
        long now = surroundings.nanoTime().getAsLong();
        long byRate = TimeUnit.SECONDS.toNanos(slice.keys().size()) / limits.itemsPerSecond();
        pausedUntilNanos = Math.max(start + byRate, now + (now - start));
        return Step.TOLD;
    }

    private Slice nextSlice(ReadContext context) {
        if (itemsEnded) {
            List<DeletedItem> deletions = context.deletions(table, deleted, limits.sliceItems());
            return new Slice(
                    deletions.stream()
                            .map(deletion -> StateKeys.keyOf(table, deletion.stateKey()))
                            .distinct()
                            .toList(),
                    position,
                    deletions.isEmpty() ? deleted : deletions.get(deletions.size() - 1));
        }
        List<Item> keys = new ArrayList<>();
        byte[] last = position;
        long bytes = 0;
        try (StateCursor cursor = context.scan(position, end, true)) {
            while (keys.size() < limits.sliceItems() && bytes < limits.sliceBytes() && cursor.next()) {
                StoredItem item = cursor.item();
                keys.add(table.key().keyOf(item.item()));
                bytes += item.encoded().length;
                last = cursor.key();
            }
        }
        return new Slice(keys, keys.isEmpty() ? position : StateKeys.after(last), deleted);
    }
}
