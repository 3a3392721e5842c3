package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.TableErrorMessages;
import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.TableDefinition;
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
        if (definition.deletionProtection()) {
            throw DynamoException.validation(TableErrorMessages.deletionProtected());
        }
        return new Plan<>(
                List.of(new CatalogMutation(CatalogChange.Action.DELETE_TABLE, definition)),
                new DeleteTableResponse(
                        TableDescriptions.describe(definition, context.region(), TableDescriptions.Status.DELETING)));
    }
}
