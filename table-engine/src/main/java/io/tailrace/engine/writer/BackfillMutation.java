package io.tailrace.engine.writer;

import io.tailrace.engine.read.StoredItem;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.TableDefinition;
import java.util.Objects;

/**
 * An item is told again, unchanged, for those who follow the log and did not need it before: an index that was added to the
 * table, or, with its version, a replica in another region. In the journal it is a change whose two images are the same.
 *
 * @param key the key attributes only
 * @param item as {@link PlanContext#item} returned it; null to tell that there is none any more
 * @param version as {@link PlanContext#version} returned it; null when no other region is to hear of it
 */
public record BackfillMutation(TableDefinition table, Item key, StoredItem item, ItemVersion version)
        implements Mutation {
    public BackfillMutation {
        Objects.requireNonNull(table);
        Objects.requireNonNull(key);
        if (item == null && version == null) {
            throw new IllegalArgumentException("there is nothing to tell");
        }
    }

    /** For an index. */
    public BackfillMutation(TableDefinition table, Item key, StoredItem item) {
        this(table, key, item, null);
    }
}
