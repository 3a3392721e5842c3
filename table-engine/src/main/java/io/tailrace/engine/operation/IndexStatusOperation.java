package io.tailrace.engine.operation;

import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;
import java.util.Optional;

/**
 * Takes a global secondary index to the next part of its life, unless it is no longer where the caller thinks it is. The
 * response says whether it was.
 */
public final class IndexStatusOperation implements WriteOperation<Boolean> {
    private final String tableName;
    private final int indexId;
    private final IndexStatus from;
    private final Optional<IndexStatus> to;

    /** @param to empty to remove the index from the table */
    public IndexStatusOperation(TableDefinition table, int indexId, IndexStatus from, Optional<IndexStatus> to) {
        this.tableName = table.name();
        this.indexId = indexId;
        this.from = from;
        this.to = to;
    }

    @Override
    public Plan<Boolean> plan(PlanContext context) {
        Optional<TableDefinition> table = context.table(tableName);
        boolean there = table.isPresent()
                && table.get().globalSecondaryIndexes().stream().anyMatch(this::isAwaited);
        if (!there) {
            return new Plan<>(List.of(), false);
        }
        TableUpdates updates = new TableUpdates(table.get());
        to.ifPresentOrElse(status -> updates.indexStatus(indexId, status), () -> updates.removeIndex(indexId));
        return new Plan<>(List.of(new CatalogMutation(CatalogChange.Action.UPDATE_TABLE, updates.build())), true);
    }

    /** Ids are never reused: it is the index of that table. */
    private boolean isAwaited(IndexDefinition index) {
        return index.id() == indexId && index.status() == from;
    }
}
