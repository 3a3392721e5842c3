package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.TableErrorMessages;
import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.Mutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TableStatus;
import io.tailrace.schemas.model.TableTransition;
import java.util.List;

/** DeleteTable. (API Reference, DeleteTable.) */
public final class DeleteTableOperation implements WriteOperation<DeleteTableResponse> {
    private final TableReference table;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public DeleteTableOperation(DeleteTableRequest request) {
        table = TableReference.required(request.tableName());
        new Constraints().namePattern("tableName", table.name()).verify();
    }

    @Override
    public Plan<DeleteTableResponse> plan(PlanContext context) {
        TableDefinition definition = table.resolveByName(context);
        TableStates.requireDeletable(definition, context.now());
        if (definition.deletionProtection()) {
            throw DynamoException.validation(TableErrorMessages.deletionProtected());
        }
        if (definition.isGlobal()) {
            GlobalTables.requireNoSource(definition.details().globalTable(), context.region(), context);
            GlobalTables.requireNotBeingCopied(definition.details().globalTable(), context.region());
            return plan(definition, GlobalTables.removal(definition, context), context);
        }
        TableTransition transition = TableStates.begin(TableStatus.DELETING, context);
        CatalogMutation mutation = transition == null
                ? new CatalogMutation(CatalogChange.Action.DELETE_TABLE, definition)
                : new CatalogMutation(
                        CatalogChange.Action.UPDATE_TABLE,
                        definition.withDetails(definition.details().withTransition(transition)));
        return plan(definition, mutation, context);
    }

    private static Plan<DeleteTableResponse> plan(TableDefinition definition, Mutation mutation, PlanContext context) {
        return new Plan<>(
                List.of(mutation),
                new DeleteTableResponse(
                        TableDescriptions.describe(definition, TableDescriptions.Status.DELETING, context)));
    }
}
