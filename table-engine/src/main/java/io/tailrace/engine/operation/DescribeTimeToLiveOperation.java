package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;

/** DescribeTimeToLive. (API Reference, DescribeTimeToLive.) */
public final class DescribeTimeToLiveOperation implements ReadOperation<DescribeTimeToLiveResponse> {
    private final TableReference table;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public DescribeTimeToLiveOperation(DescribeTimeToLiveRequest request) {
        table = TableReference.required(request.tableName());
        new Constraints().namePattern("tableName", table.name()).verify();
    }

    @Override
    public DescribeTimeToLiveResponse execute(ReadContext context) {
        String attribute = table.resolveByName(context).ttlAttribute();
        return new DescribeTimeToLiveResponse(attribute == null ? "DISABLED" : "ENABLED", attribute);
    }
}
