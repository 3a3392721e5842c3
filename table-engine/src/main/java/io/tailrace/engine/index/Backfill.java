package io.tailrace.engine.index;

import io.tailrace.engine.catalog.BackfillTurn;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.TableDefinition;
import java.util.Optional;

/** Has the table's items told again in the log for an index. What is written meanwhile reaches the index by itself. */
final class Backfill extends IndexTask {
    private final TableWalk walk;

    Backfill(
            IndexLifecycle.Surroundings surroundings,
            BackfillLimits limits,
            TableDefinition table,
            IndexDefinition index) {
        super(surroundings, table, index);
        this.walk = new TableWalk(surroundings, limits, table, BackfillTurn.of(table));
    }

    @Override
    boolean step() throws InterruptedException {
        return switch (walk.step()) {
            case PAUSED -> false;
            case TOLD -> true;
            case ENDED -> {
                finish(Optional.of(IndexStatus.CATCHING_UP));
                yield true;
            }
        };
    }
}
