package io.tailrace.engine.operation;

import io.tailrace.schemas.model.Item;

/** The entries of a table or an index in the order in which a read wants them. */
interface EntrySource extends AutoCloseable {
    /** Moves to the first or the next entry; false at the end. */
    boolean next();

    /** The entry's item as the table or the index holds it. */
    Item item();

    @Override
    void close();
}
