package io.tailrace.engine.state;

import io.tailrace.engine.catalog.StreamTimes;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.file.Path;
import org.rocksdb.RocksIterator;

/** Does to a state what a mistake in the code that keeps it would: everything is readable, and wrong. */
public final class StateDamage {
    private StateDamage() {}

    /** Takes one entry out of each local index, and makes counters and a size wrong. */
    public static void falsifyDerived(Path directory) throws Exception {
        try (TableState state = TableState.open(directory, () -> {}, StreamTimes.DEFAULT, BlockCache.OWN);
                RocksStore.Batch batch = state.store().batch()) {
            for (TableDefinition table : state.catalog().tables()) {
                batch.putMeta(MetaKeys.statistics(table.id()), MetaKeys.ofLongs(1, 1));
                for (IndexDefinition index : table.localSecondaryIndexes()) {
                    byte[] prefix = StateKeys.idPrefix(index.id());
                    try (RocksStore.Range range = new RocksStore.Range(prefix, StateKeys.successor(prefix), null);
                            RocksIterator entries = state.store().dataIterator(range.options())) {
                        entries.seekToFirst();
                        batch.deleteData(entries.key());
                    }
                    try (RocksIterator all = state.store().metaIterator()) {
                        all.seek(MetaKeys.itemCollections(table.id()));
                        batch.putMeta(all.key(), MetaKeys.ofLong(7));
                    }
                }
            }
            batch.write();
            state.store().flush();
        }
    }
}
