package io.tailrace.engine.index;

import io.tailrace.engine.catalog.BackfillTurn;
import io.tailrace.engine.operation.ReplicaToldOperation;
import io.tailrace.schemas.model.ReplicaTelling;
import io.tailrace.schemas.model.TableDefinition;

/**
 * Has the items of a table told again in the log, and what is known of those that were deleted, when a replica of it was added
 * in another region. It waits while that is done for an index, for time to live, or for another replica ({@link
 * BackfillTurn}). Used by one thread.
 */
final class ReplicaBackfill {
    private final IndexLifecycle.Surroundings surroundings;
    private final BackfillLimits limits;
    private final TableDefinition table;
    private final ReplicaTelling telling;
    private final BackfillTurn turn;
    private TableWalk walk;

    /** @param table as it was when this was found to be needed */
    ReplicaBackfill(
            IndexLifecycle.Surroundings surroundings,
            BackfillLimits limits,
            TableDefinition table,
            ReplicaTelling telling) {
        this.surroundings = surroundings;
        this.limits = limits;
        this.table = table;
        this.telling = telling;
        this.turn = BackfillTurn.of(telling);
    }

    boolean isFor(TableDefinition other, ReplicaTelling otherTelling) {
        return table.id() == other.id() && telling.equals(otherTelling);
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
                IndexLifecycle.write(surroundings.executor(), new ReplicaToldOperation(table, telling));
                yield true;
            }
        };
    }

    @Override
    public String toString() {
        return "the telling of table " + table.name() + " to its replica in " + telling.region();
    }
}
