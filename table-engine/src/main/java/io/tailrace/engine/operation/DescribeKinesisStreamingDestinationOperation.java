package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;

/**
 * DescribeKinesisStreamingDestination: the answer is the table's name, as no table has destinations. (API Reference,
 * DescribeKinesisStreamingDestination.)
 */
public final class DescribeKinesisStreamingDestinationOperation implements ReadOperation<String> {
    private final TableReference table;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public DescribeKinesisStreamingDestinationOperation(String tableName) {
        table = TableReference.required(tableName);
        new Constraints().namePattern("tableName", table.name()).verify();
    }

    @Override
    public String execute(ReadContext context) {
        return table.resolveByName(context).name();
    }
}
