package io.tailrace.engine.writer;

import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.state.StateView;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The versions of items of global tables as a batch leaves them. Of other tables nothing is looked up. */
final class BatchVersions {
    private final StateView view;
    /** By state key; also of items that the batch deletes. */
    private final Map<ByteBuffer, ItemVersion> written = new HashMap<>();
    /** The tables whose versions before the batch do not count any more. */
    private final Set<Integer> begunAnew = new HashSet<>();

    BatchVersions(StateView view) {
        this.view = view;
    }

    /**
     * The version of an item or of its deletion; null when there is none.
     *
     * @param table is global
     * @param stored what is at the key, or null
     */
    ItemVersion current(TableDefinition table, byte[] stateKey, StoredItem stored, Instant now) {
        ItemVersion changed = written.get(ByteBuffer.wrap(stateKey));
        if (changed != null) {
            return changed;
        }
        boolean known = !begunAnew.contains(table.id());
        if (stored == null) {
            return known ? view.versionOfDeletion(stateKey, now) : null;
        }
        ItemVersion found = known ? view.version(stateKey) : null;
        return found == null ? table.details().globalTable().initialVersion() : found;
    }

    void add(Map<ByteBuffer, ItemVersion> versions) {
        written.putAll(versions);
    }

    /** @param before null when there was no such table */
    void apply(CatalogChange change, TableDefinition before) {
        if (before != null && !before.isSameGlobalTable(change.table())) {
            begunAnew.add(before.id());
            written.keySet().removeIf(stateKey -> stateKey.getInt(0) == before.id());
        }
    }
}
