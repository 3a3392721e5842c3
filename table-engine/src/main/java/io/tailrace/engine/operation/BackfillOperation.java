package io.tailrace.engine.operation;

import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.writer.BackfillMutation;
import io.tailrace.engine.writer.Mutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells some items of a table again. Each is told as it is when its turn comes in the order of all writes, so that what the
 * log says last of an item is how it is; one that was deleted meanwhile is left out. The response is how many were told.
 */
public final class BackfillOperation implements WriteOperation<Integer> {
    private final String tableName;
    private final int tableId;
    private final List<Item> keys;

    /** @param keys the key attributes of different items */
    public BackfillOperation(TableDefinition table, List<Item> keys) {
        this.tableName = table.name();
        this.tableId = table.id();
        this.keys = List.copyOf(keys);
    }

    @Override
    public Plan<Integer> plan(PlanContext context) {
        Optional<TableDefinition> table = context.table(tableName).filter(found -> found.id() == tableId);
        List<Mutation> mutations = new ArrayList<>();
        if (table.isPresent()) {
            for (Item key : keys) {
                StoredItem item = context.item(table.get(), key);
                if (item != null) {
                    mutations.add(new BackfillMutation(table.get(), key, item));
                }
            }
        }
        return new Plan<>(mutations, mutations.size());
    }
}
