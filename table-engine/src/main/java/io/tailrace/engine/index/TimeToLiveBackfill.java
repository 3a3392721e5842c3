package io.tailrace.engine.index;

import io.tailrace.engine.catalog.BackfillTurn;
import io.tailrace.engine.operation.TimeToLiveBackfilledOperation;
import io.tailrace.schemas.model.TableDefinition;

/**
 * Has the items of a table told again in the log when its time to live was switched on. It waits while that is done for an
 * index of the table ({@link BackfillTurn}). Used by one thread.
 */
final class TimeToLiveBackfill {
    private final IndexLifecycle.Surroundings surroundings;
    private final BackfillLimits limits;
    private final TableDefinition table;
    private final BackfillTurn turn;
    private TableWalk walk;

    /** @param table as it was when this was found to be needed */
    TimeToLiveBackfill(IndexLifecycle.Surroundings surroundings, BackfillLimits limits, TableDefinition table) {
        this.surroundings = surroundings;
        this.limits = limits;
        this.table = table;
        this.turn = BackfillTurn.of(table.details().timeToLive());
    }

    boolean isFor(TableDefinition other) {
        return table.id() == other.id()
                && table.details().timeToLive().equals(other.details().timeToLive());
    }

    /**
     * Does a bounded piece of work.
     *
     * @return whether something was done
     * @throws io.tailrace.engine.error.DynamoException when it cannot be done now
     */
    boolean step() throws InterruptedException {
        if (!surroundings.isTurn(table, turn)) {
            return false;
        }
        if (walk == null) {
            walk = new TableWalk(surroundings, limits, table, turn);
        }
        return switch (walk.step()) {
            case PAUSED -> false;
            case TOLD -> true;
            case ENDED -> {
                IndexLifecycle.write(surroundings.executor(), new TimeToLiveBackfilledOperation(table));
                yield true;
            }
        };
    }

    @Override
    public String toString() {
        return "the backfill for time to live of table " + table.name();
    }
}
