package io.tailrace.engine.operation;

import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.StateCursor;
import io.tailrace.schemas.model.Item;

/** Entries of a table or of a local secondary index. */
final class StateEntrySource implements EntrySource {
    private final StateCursor cursor;

    StateEntrySource(ReadContext context, KeyRange range) {
        cursor = context.scan(range.from(), range.to(), range.forward());
    }

    @Override
    public boolean next() {
        return cursor.next();
    }

    @Override
    public Item item() {
        return cursor.item().item();
    }

    @Override
    public void close() {
        cursor.close();
    }
}
