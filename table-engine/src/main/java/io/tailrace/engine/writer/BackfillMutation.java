package io.tailrace.engine.writer;

import io.tailrace.engine.read.StoredItem;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.util.Objects;

/**
 * An item is told again, unchanged, for those who follow the log and did not need it before: an index that was added to the
 * table. In the journal it is a change whose two images are the same.
 *
 * @param key the key attributes only
 * @param item as {@link PlanContext#item} returned it
 */
public record BackfillMutation(TableDefinition table, Item key, StoredItem item) implements Mutation {
    public BackfillMutation {
        Objects.requireNonNull(table);
        Objects.requireNonNull(key);
        Objects.requireNonNull(item);
    }
}
