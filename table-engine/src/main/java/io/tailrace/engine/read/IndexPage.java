package io.tailrace.engine.read;

import io.tailrace.schemas.model.Item;
import java.util.List;
import java.util.Objects;

/**
 * Some entries of a global secondary index.
 *
 * @param hasMore whether there may be further entries in the range
 */
public record IndexPage(List<Entry> entries, boolean hasMore) {
    public IndexPage {
        entries = List.copyOf(entries);
    }

    /**
     * One entry.
     *
     * @param key as {@code StateKeys.indexKey}; not to be changed
     * @param item as the index projects it
     */
    public record Entry(byte[] key, Item item) {
        public Entry {
            Objects.requireNonNull(key);
            Objects.requireNonNull(item);
        }
    }
}
