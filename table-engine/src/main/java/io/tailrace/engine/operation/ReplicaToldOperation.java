package io.tailrace.engine.operation;

import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.ReplicaTelling;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;
import java.util.Optional;

/**
 * Notes that all items of a table have been told again since a replica of it was added. The response is whether that still
 * mattered: the replica may be gone again.
 */
public final class ReplicaToldOperation implements WriteOperation<Boolean> {
    private final TableDefinition told;
    private final ReplicaTelling telling;

    /** @param told the table as it was when its items began to be told */
    public ReplicaToldOperation(TableDefinition told, ReplicaTelling telling) {
        this.told = told;
        this.telling = telling;
    }

    @Override
    public Plan<Boolean> plan(PlanContext context) {
        Optional<TableDefinition> table = context.table(told.name())
                .filter(now -> now.id() == told.id()
                        && now.isGlobal()
                        && now.details().globalTable().tellings().contains(telling));
        if (table.isEmpty()) {
            return new Plan<>(List.of(), false);
        }
        TableDefinition done = table.get()
                .withDetails(table.get()
                        .details()
                        .withGlobalTable(table.get()
                                .details()
                                .globalTable()
                                .with(new ReplicaTelling(telling.region(), telling.created(), true))));
        return new Plan<>(List.of(new CatalogMutation(CatalogChange.Action.UPDATE_TABLE, done)), true);
    }
}
