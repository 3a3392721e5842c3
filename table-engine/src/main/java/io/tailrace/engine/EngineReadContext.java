package io.tailrace.engine;

import io.tailrace.engine.catalog.Catalog;
import io.tailrace.engine.catalog.TableStream;
import io.tailrace.engine.read.DeletedItem;
import io.tailrace.engine.read.GlobalIndexReader;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.StateCursor;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.read.TableStatistics;
import io.tailrace.engine.state.StateView;
import io.tailrace.engine.state.TableState;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What one read sees. */
final class EngineReadContext implements ReadContext {
    private final TableState state;
    private final StateView view;
    private final Catalog catalog;
    private final GlobalIndexReader globalIndexes;
    private final String region;
    private final Clock clock;

    EngineReadContext(TableState state, StateView view, GlobalIndexReader globalIndexes, String region, Clock clock) {
        this.state = state;
        this.view = view;
        this.catalog = state.catalog();
        this.globalIndexes = globalIndexes;
        this.region = region;
        this.clock = clock;
    }

    @Override
    public Optional<TableDefinition> table(String name) {
        return catalog.table(name).filter(table -> !table.isGone(now()));
    }

    @Override
    public Collection<TableDefinition> tables() {
        Instant now = now();
        return catalog.gone(now).isEmpty()
                ? catalog.tables()
                : catalog.tables().stream().filter(table -> !table.isGone(now)).toList();
    }

    @Override
    public StoredItem item(TableDefinition table, Item key) {
        return view.item(StateKeys.tableKey(table, key));
    }

    @Override
    public StateCursor scan(byte[] fromInclusive, byte[] toExclusive, boolean forward) {
        return view.scan(fromInclusive, toExclusive, forward);
    }

    @Override
    public List<DeletedItem> deletions(TableDefinition table, DeletedItem after, int limit) {
        return view.deletions(table.id(), after, limit, now());
    }

    @Override
    public TableStatistics statistics(int tableId) {
        return state.statistics(tableId);
    }

    @Override
    public Optional<TableStream> latestStream(int tableId) {
        return state.streams().latestOf(tableId);
    }

    @Override
    public GlobalIndexReader globalIndexes() {
        return globalIndexes;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public String region() {
        return region;
    }
}
