package io.tailrace.engine.index;

import io.tailrace.engine.operation.IndexStatusOperation;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.TableDefinition;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What is to be done for one index in one part of its life. Used by one thread. */
abstract sealed class IndexTask permits Backfill, CatchUp, Removal {
    final IndexLifecycle.Surroundings surroundings;
    final TableDefinition table;
    final IndexDefinition index;
    private CompletableFuture<Void> applied;

    IndexTask(IndexLifecycle.Surroundings surroundings, TableDefinition table, IndexDefinition index) {
        this.surroundings = surroundings;
        this.table = table;
        this.index = index;
    }

    /**
     * Does a bounded piece of work.
     *
     * @return whether something was done
     * @throws io.tailrace.engine.error.DynamoException when it cannot be done now
     */
    abstract boolean step() throws InterruptedException;

    /** Whether this is what is to be done for the index of the table as they are now. */
    boolean isFor(TableDefinition nowTable, IndexDefinition now) {
        return index.id() == now.id() && index.status() == now.status();
    }

    /** @param next empty to remove the index */
    void finish(Optional<IndexStatus> next) throws InterruptedException {
        finish(index.id(), next);
    }

    void finish(int indexId, Optional<IndexStatus> next) throws InterruptedException {
        IndexLifecycle.write(surroundings.executor(), new IndexStatusOperation(table, indexId, index.status(), next));
    }

    /** Whether the index holds all that was committed before this was first asked. */
    boolean hasCaughtUp() {
        if (applied == null || applied.isCompletedExceptionally()) {
            long sequence = surroundings.appliedSequence().getAsLong();
            applied = surroundings
                    .executor()
                    .read(context -> context.globalIndexes().whenApplied(sequence));
        }
        return applied.isDone() && !applied.isCompletedExceptionally();
    }

    @Override
    public String toString() {
        return index.status() + " of index " + index.name() + " of table " + table.name();
    }
}
