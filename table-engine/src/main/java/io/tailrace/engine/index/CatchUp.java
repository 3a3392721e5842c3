package io.tailrace.engine.index;

import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.TableDefinition;
import java.util.Optional;

/** Makes the index active once it holds everything that its backfill told. */
final class CatchUp extends IndexTask {
    CatchUp(IndexLifecycle.Surroundings surroundings, TableDefinition table, IndexDefinition index) {
        super(surroundings, table, index);
    }

    @Override
    boolean step() throws InterruptedException {
        if (!hasCaughtUp()) {
            return false;
        }
        finish(Optional.of(IndexStatus.ACTIVE));
        return true;
    }
}
