package io.tailrace.engine.operation;

import io.tailrace.engine.catalog.BackfillTurn;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.writer.BackfillMutation;
import io.tailrace.engine.writer.Mutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells some items of a table again. Each is told as it is when its turn comes in the order of all writes, so that what the
 * log says last of an item is how it is; one that was deleted meanwhile is left out. A replica of a global table is told the
 * versions, too, and what was deleted.
 *
 * <p>The response is whether the items were told: not when another backfill of the table has its turn by then, or the table
 * is gone. A slice that came late would else count as what the other one has told.
 */
public final class BackfillOperation implements WriteOperation<Boolean> {
    private final String tableName;
    private final int tableId;
    private final BackfillTurn turn;
    private final List<Item> keys;

    /**
     * @param turn the caller's
     * @param keys the key attributes of different items
     */
    public BackfillOperation(TableDefinition table, BackfillTurn turn, List<Item> keys) {
        this.tableName = table.name();
        this.tableId = table.id();
        this.turn = turn;
        this.keys = List.copyOf(keys);
    }

    @Override
    public Plan<Boolean> plan(PlanContext context) {
        Optional<TableDefinition> table = context.table(tableName)
                .filter(found -> found.id() == tableId && BackfillTurn.of(found).equals(turn));
        List<Mutation> mutations = new ArrayList<>();
        if (table.isPresent()) {
            for (Item key : keys) {
                StoredItem item = context.item(table.get(), key);
                ItemVersion version = turn.telling() == null ? null : context.version(table.get(), key, item);
                if (item != null || version != null) {
                    mutations.add(new BackfillMutation(table.get(), key, item, version));
                }
            }
        }
        return new Plan<>(mutations, table.isPresent());
    }
}
