package io.tailrace.engine;

import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.GlobalTable;
import io.tailrace.schemas.model.Projection;
import io.tailrace.schemas.model.TableDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Tables that are replicas of a global one, for tests; as if the other regions had agreed already. */
public final class GlobalTables {
    private GlobalTables() {}

    /** A table without indexes. */
    public static WriteOperation<TableDefinition> create(String name, Instant since, String firstRegion) {
        return context -> {
            TableDefinition table = global(TestTables.plain(context.newId(), name), since, firstRegion);
            return new Plan<>(List.of(new CatalogMutation(CatalogChange.Action.CREATE_TABLE, table)), table);
        };
    }

    /** A table with a local index. */
    public static WriteOperation<TableDefinition> createIndexed(String name, Instant since, String firstRegion) {
        return context -> {
            int id = context.newId();
            context.newId();
            TableDefinition table = global(TestTables.indexed(id, name, Projection.ALL), since, firstRegion);
            return new Plan<>(List.of(new CatalogMutation(CatalogChange.Action.CREATE_TABLE, table)), table);
        };
    }

    /** Makes a table global that was not. */
    public static WriteOperation<TableDefinition> join(String name, Instant since, String firstRegion) {
        return context -> update(global(context.table(name).orElseThrow(), since, firstRegion));
    }

    /** Makes the table one that is in one region only. */
    public static WriteOperation<TableDefinition> leave(String name) {
        return context -> {
            TableDefinition table = context.table(name).orElseThrow();
            GlobalTable left = table.details().globalTable().inForce(false);
            return update(table.withDetails(table.details().withGlobalTable(left)));
        };
    }

    private static Plan<TableDefinition> update(TableDefinition table) {
        return new Plan<>(List.of(new CatalogMutation(CatalogChange.Action.UPDATE_TABLE, table)), table);
    }

    private static TableDefinition global(TableDefinition table, Instant since, String firstRegion) {
        GlobalTable global = new GlobalTable(
                "group of " + table.name() + " since " + since,
                since,
                firstRegion,
                true,
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of());
        return table.withDetails(table.details().withGlobalTable(global));
    }
}
