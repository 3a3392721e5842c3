package io.tailrace.server.protocol;

import io.tailrace.engine.operation.BatchExecuteStatementResponse;
import io.tailrace.engine.operation.BatchStatementError;
import io.tailrace.engine.operation.BatchStatementResponse;
import io.tailrace.engine.operation.ExecuteStatementResponse;
import io.tailrace.engine.operation.ExecuteTransactionResponse;
import java.io.IOException;

/** The answers of the operations with statements of PartiQL, member by member. (API Reference, ExecuteStatement.) */
final class StatementResponses {
    private StatementResponses() {}

    static void executeStatement(JsonWriter out, ExecuteStatementResponse response) throws IOException {
        out.list("Items", response.items(), JsonWriter.ITEM);
        out.member("NextToken", response.nextToken());
        out.member("LastEvaluatedKey", response.lastEvaluatedKey(), JsonWriter.ITEM);
        out.member("ConsumedCapacity", response.consumedCapacity(), ItemResponses::consumedCapacity);
    }

    static void batchExecuteStatement(JsonWriter out, BatchExecuteStatementResponse response) throws IOException {
        out.list("Responses", response.responses(), StatementResponses::batchStatement);
        out.list("ConsumedCapacity", response.consumedCapacity(), ItemResponses::consumedCapacity);
    }

    static void executeTransaction(JsonWriter out, ExecuteTransactionResponse response) throws IOException {
        out.list("Responses", response.responses(), ItemResponses::itemResponse);
        out.list("ConsumedCapacity", response.consumedCapacity(), ItemResponses::consumedCapacity);
    }

    private static void batchStatement(JsonWriter out, BatchStatementResponse response) throws IOException {
        out.startObject();
        out.member("Error", response.error(), StatementResponses::error);
        out.member("TableName", response.tableName());
        out.member("Item", response.item(), JsonWriter.ITEM);
        out.endObject();
    }

    private static void error(JsonWriter out, BatchStatementError error) throws IOException {
        out.startObject();
        out.member("Code", error.code());
        out.member("Message", error.message());
        out.member("Item", error.item(), JsonWriter.ITEM);
        out.endObject();
    }
}
