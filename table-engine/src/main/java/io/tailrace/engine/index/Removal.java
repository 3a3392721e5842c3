package io.tailrace.engine.index;

import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.TableDefinition;
import java.util.Optional;

/** Takes the index out of the catalog once its entries are gone. */
final class Removal extends IndexTask {
    Removal(IndexLifecycle.Surroundings surroundings, TableDefinition table, IndexDefinition index) {
        super(surroundings, table, index);
    }

    @Override
    boolean step() throws InterruptedException {
        if (!hasCaughtUp() || entries() > 0) {
            return false;
        }
        finish(Optional.empty());
        return true;
    }

    private long entries() {
        return surroundings
                .executor()
                .read(context -> context.globalIndexes().statistics(index.id()))
                .itemCount();
    }
}
