package io.tailrace.engine.operation;

import io.tailrace.engine.catalog.TableStream;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.error.TableErrorMessages;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.StreamShards;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;
import java.util.Optional;

/**
 * Closes the shards of a table's stream and opens their children: the place of the catalog change is where they end and
 * begin. No operation of DynamoDB's API, which rolls shards over by itself.
 */
public final class RollStreamShardsOperation implements WriteOperation<Optional<TableDefinition>> {
    private final String tableName;
    private final TableDefinition expected;

    private RollStreamShardsOperation(String tableName, TableDefinition expected) {
        this.tableName = tableName;
        this.expected = expected;
    }

    /**
     * On request. The response is the table with the new generation of shards.
     *
     * @throws DynamoException when this is no name of a table
     */
    public static RollStreamShardsOperation of(String tableName) {
        if (tableName.length() < Limits.MIN_NAME_LENGTH || tableName.length() > Limits.MAX_NAME_LENGTH) {
            throw DynamoException.validation(TableErrorMessages.tableNameLength());
        }
        new Constraints().namePattern("tableName", tableName).verify();
        return new RollStreamShardsOperation(tableName, null);
    }

    /** By time. The response is empty when these are not the open shards any more, or the table is being changed. */
    public static RollStreamShardsOperation of(TableStream stream) {
        return new RollStreamShardsOperation(stream.table().name(), stream.table());
    }

    @Override
    public Plan<Optional<TableDefinition>> plan(PlanContext context) {
        Optional<TableDefinition> table = context.table(tableName);
        if (expected != null
                && !table.map(found -> isAsExpected(found, context)).orElse(false)) {
            return new Plan<>(List.of(), Optional.empty());
        }
        TableDefinition before = table.orElseThrow(
                () -> new DynamoException(ErrorType.RESOURCE_NOT_FOUND, TableErrorMessages.tableNotFound(tableName)));
        TableStates.requireSettled(before, context.now());
        if (before.stream() == null) {
            throw new DynamoException(ErrorType.RESOURCE_IN_USE, TableErrorMessages.noStreamToRoll(tableName));
        }
        TableDefinition rolled = before.withDetails(
                before.details().withStreamShards(shards(before).next()));
        return new Plan<>(List.of(new CatalogMutation(CatalogChange.Action.UPDATE_TABLE, rolled)), Optional.of(rolled));
    }

    private boolean isAsExpected(TableDefinition found, PlanContext context) {
        return found.id() == expected.id()
                && !found.isGone(context.now())
                && expected.stream().equals(found.stream())
                && shards(expected).equals(shards(found))
                && TableStates.isSettled(found, context.now());
    }

    /** Of a stream of an earlier release nothing is noted: it goes on with the partitions that it has. */
    private static StreamShards shards(TableDefinition table) {
        StreamShards noted = table.details().streamShards();
        return noted == null ? new StreamShards(0, 0) : noted;
    }
}
