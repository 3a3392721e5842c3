package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;
import io.tailrace.engine.read.TableStatistics;
import io.tailrace.schemas.model.TableDefinition;
import java.time.Instant;

/** DescribeTable. (API Reference, DescribeTable.) */
public final class DescribeTableOperation implements ReadOperation<DescribeTableResponse> {
    private final TableReference table;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public DescribeTableOperation(DescribeTableRequest request) {
        table = TableReference.required(request.tableName());
        new Constraints().namePattern("tableName", table.name()).verify();
    }

    @Override
    public DescribeTableResponse execute(ReadContext context) {
        TableDefinition definition = table.resolveByName(context);
        Instant now = context.now();
        TableDescriptions descriptions = new TableDescriptions(
                        context.region(), now, context::statistics, id -> globalIndex(context, id))
                .withLatestStream(context.latestStream(definition.id()));
        return new DescribeTableResponse(descriptions.describe(
                definition,
                TableDescriptions.Status.valueOf(definition.status(now).name())));
    }

    /**
     * What is in an index. While the indexes are not up a table can be described all the same: DynamoDB too gives
     * figures that may be hours old, zero to begin with.
     */
    private static TableStatistics globalIndex(ReadContext context, int indexId) {
        try {
            return context.globalIndexes().statistics(indexId);
        } catch (DynamoException notUp) {
            if (notUp.type().retryable()) {
                return TableStatistics.NONE;
            }
            throw notUp;
        }
    }
}
