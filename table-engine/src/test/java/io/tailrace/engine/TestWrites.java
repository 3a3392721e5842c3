package io.tailrace.engine;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.ItemMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.Projection;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;

/** Small write operations for tests. */
public final class TestWrites {
    private TestWrites() {}

    public static WriteOperation<TableDefinition> createTable(String name) {
        return context -> {
            TableDefinition table = TestTables.plain(context.newId(), name);
            return new Plan<>(List.of(new CatalogMutation(CatalogChange.Action.CREATE_TABLE, table)), table);
        };
    }

    /** With a local index that projects everything. */
    public static WriteOperation<TableDefinition> createIndexedTable(String name) {
        return context -> {
            int id = context.newId();
            context.newId();
            TableDefinition table = TestTables.indexed(id, name, Projection.ALL);
            return new Plan<>(List.of(new CatalogMutation(CatalogChange.Action.CREATE_TABLE, table)), table);
        };
    }

    public static WriteOperation<TableDefinition> deleteTable(String name) {
        return context -> {
            TableDefinition table = require(context, name);
            return new Plan<>(List.of(new CatalogMutation(CatalogChange.Action.DELETE_TABLE, table)), table);
        };
    }

    /** Answers with the item that was there before, or an empty one. */
    public static WriteOperation<Item> put(String tableName, Item item) {
        return context -> {
            TableDefinition table = require(context, tableName);
            Item key = table.key().keyOf(item);
            StoredItem old = context.item(table, key);
            return new Plan<>(List.of(new ItemMutation(table, key, old, item)), old == null ? Item.EMPTY : old.item());
        };
    }

    /** Refused when the item exists. */
    public static WriteOperation<Item> putIfAbsent(String tableName, Item item) {
        return context -> {
            TableDefinition table = require(context, tableName);
            if (context.item(table, item) != null) {
                throw DynamoException.conditionalCheckFailed(null);
            }
            return put(tableName, item).plan(context);
        };
    }

    public static WriteOperation<Item> delete(String tableName, Item key) {
        return context -> {
            TableDefinition table = require(context, tableName);
            StoredItem old = context.item(table, key);
            return new Plan<>(List.of(new ItemMutation(table, key, old, null)), old == null ? Item.EMPTY : old.item());
        };
    }

    /** Adds one to the item's {@code count}, and answers with the item. */
    public static WriteOperation<Item> increment(String tableName, Item key) {
        return context -> {
            TableDefinition table = require(context, tableName);
            StoredItem old = context.item(table, key);
            long count = old == null
                    ? 0
                    : ((AttributeValue.N) old.item().get("count"))
                            .value()
                            .toBigDecimal()
                            .longValueExact();
            Item item = key.with("count", AttributeValue.number(count + 1));
            return new Plan<>(List.of(new ItemMutation(table, key, old, item)), item);
        };
    }

    private static TableDefinition require(PlanContext context, String name) {
        return context.table(name)
                .orElseThrow(() -> new DynamoException(ErrorType.RESOURCE_NOT_FOUND, ErrorMessages.resourceNotFound()));
    }
}
