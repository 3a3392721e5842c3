package io.tailrace.engine.index;

import io.tailrace.engine.catalog.BackfillTurn;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.TableDefinition;
import java.util.Optional;

/**
 * Has the table's items told again in the log for an index, and for all others of the table that need it too. What is written
 * meanwhile reaches them by itself.
 */
final class Backfill extends IndexTask {
    private final BackfillTurn turn;
    private final TableWalk walk;

    Backfill(
            IndexLifecycle.Surroundings surroundings,
            BackfillLimits limits,
            TableDefinition table,
            IndexDefinition index) {
        super(surroundings, table, index);
        this.turn = BackfillTurn.of(table);
        this.walk = new TableWalk(surroundings, limits, table, turn);
    }

    @Override
    boolean isFor(TableDefinition nowTable, IndexDefinition now) {
        return super.isFor(nowTable, now) && turn.equals(BackfillTurn.of(nowTable));
    }

    @Override
    boolean step() throws InterruptedException {
        return switch (walk.step()) {
            case PAUSED -> false;
            case TOLD -> true;
            case ENDED -> {
                // A crash in between costs the rest of them another walk.
                for (int indexId : turn.indexIds()) {
                    finish(indexId, Optional.of(IndexStatus.CATCHING_UP));
                }
                yield true;
            }
        };
    }
}
