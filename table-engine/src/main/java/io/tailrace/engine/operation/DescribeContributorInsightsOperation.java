package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.error.FeatureErrorMessages;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;
import io.tailrace.schemas.model.TableDefinition;

/**
 * DescribeContributorInsights: of every table and every global secondary index that they are disabled. (API Reference,
 * DescribeContributorInsights.)
 */
public final class DescribeContributorInsightsOperation implements ReadOperation<DescribeContributorInsightsResponse> {
    private final TableReference table;
    private final String indexName;

    /**
     * @param indexName null for the table itself
     * @throws DynamoException when the request is wrong whatever tables there are
     */
    public DescribeContributorInsightsOperation(String tableName, String indexName) {
        table = TableReference.required(tableName);
        this.indexName = indexName;
        new Constraints()
                .namePattern("tableName", table.name())
                .name("indexName", indexName)
                .verify();
    }

    @Override
    public DescribeContributorInsightsResponse execute(ReadContext context) {
        TableDefinition definition = table.resolveByName(context);
        if (indexName != null && definition.globalSecondaryIndex(indexName).isEmpty()) {
            throw new DynamoException(
                    ErrorType.RESOURCE_NOT_FOUND, FeatureErrorMessages.indexNotFound(indexName, definition.name()));
        }
        return new DescribeContributorInsightsResponse(definition.name(), indexName, "DISABLED");
    }
}
