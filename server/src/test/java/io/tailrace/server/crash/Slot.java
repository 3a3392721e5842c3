package io.tailrace.server.crash;

import io.tailrace.schemas.model.Item;

/**
 * A place for an item: its table and its key. Compared by identity; there is one for each key.
 *
 * @param key the key attributes
 */
record Slot(TableSpec table, Item key) {
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return table.name() + key;
    }
}
