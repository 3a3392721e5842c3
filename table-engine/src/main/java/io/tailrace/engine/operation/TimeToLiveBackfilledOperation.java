package io.tailrace.engine.operation;

import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TimeToLiveChange;
import java.util.List;
import java.util.Optional;

/**
 * Notes that all items of a table have been told again since its time to live was switched on. The response is whether that
 * still mattered: it may have been switched again.
 */
public final class TimeToLiveBackfilledOperation implements WriteOperation<Boolean> {
    private final TableDefinition told;

    /** @param told the table as it was when its items began to be told */
    public TimeToLiveBackfilledOperation(TableDefinition told) {
        this.told = told;
    }

    @Override
    public Plan<Boolean> plan(PlanContext context) {
        TimeToLiveChange change = told.details().timeToLive();
        Optional<TableDefinition> table = context.table(told.name())
                .filter(now ->
                        now.id() == told.id() && change.equals(now.details().timeToLive()));
        if (table.isEmpty()) {
            return new Plan<>(List.of(), false);
        }
        TableDefinition done = new TableUpdates(table.get())
                .details(table.get().details().withTimeToLive(new TimeToLiveChange(change.time(), false)))
                .build();
        return new Plan<>(List.of(new CatalogMutation(CatalogChange.Action.UPDATE_TABLE, done)), true);
    }
}
