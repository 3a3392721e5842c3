package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.error.TableErrorMessages;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;

/**
 * DescribeContinuousBackups. The service reports continuous backups as enabled for every table, and recovery to a point in
 * time as what it is: here, never. (API Reference, DescribeContinuousBackups.)
 */
public final class DescribeContinuousBackupsOperation implements ReadOperation<DescribeContinuousBackupsResponse> {
    private final TableReference table;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public DescribeContinuousBackupsOperation(DescribeContinuousBackupsRequest request) {
        table = TableReference.required(request.tableName());
        new Constraints().namePattern("tableName", table.name()).verify();
    }

    @Override
    public DescribeContinuousBackupsResponse execute(ReadContext context) {
        if (context.table(table.name()).isEmpty() || table.isElsewhere(context.region())) {
            throw new DynamoException(
                    ErrorType.TABLE_NOT_FOUND, TableErrorMessages.backedUpTableNotFound(table.name()));
        }
        return new DescribeContinuousBackupsResponse("ENABLED", "DISABLED");
    }
}
