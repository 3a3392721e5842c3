package io.tailrace.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.read.ReadOperation;
import io.tailrace.engine.writer.WriteOperation;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The API over an executor of operations: requests in JSON, answers as records, refusals as exceptions. */
final class Api {
    private final OperationExecutor executor;

    Api(OperationExecutor executor) {
        this.executor = executor;
    }

    CreateTableResponse createTable(String json) {
        return write(new CreateTableOperation(Requests.request(CreateTableRequest.class, json)));
    }

    DescribeTableResponse describeTable(String json) {
        return executor.read(new DescribeTableOperation(Requests.request(DescribeTableRequest.class, json)));
    }

    ListTablesResponse listTables(String json) {
        return executor.read(new ListTablesOperation(Requests.request(ListTablesRequest.class, json)));
    }

    DeleteTableResponse deleteTable(String json) {
        return write(new DeleteTableOperation(Requests.request(DeleteTableRequest.class, json)));
    }

    UpdateTableResponse updateTable(String json) {
        return write(new UpdateTableOperation(Requests.request(UpdateTableRequest.class, json)));
    }

    TagResourceResponse tagResource(String json) {
        return write(new TagResourceOperation(Requests.request(TagResourceRequest.class, json)));
    }

    UntagResourceResponse untagResource(String json) {
        return write(new UntagResourceOperation(Requests.request(UntagResourceRequest.class, json)));
    }

    ListTagsOfResourceResponse listTagsOfResource(String json) {
        return executor.read(new ListTagsOfResourceOperation(Requests.request(ListTagsOfResourceRequest.class, json)));
    }

    UpdateTimeToLiveResponse updateTimeToLive(String json) {
        return write(new UpdateTimeToLiveOperation(Requests.request(UpdateTimeToLiveRequest.class, json)));
    }

    DescribeTimeToLiveResponse describeTimeToLive(String json) {
        return executor.read(new DescribeTimeToLiveOperation(Requests.request(DescribeTimeToLiveRequest.class, json)));
    }

    PutItemResponse putItem(String json) {
        return write(new PutItemOperation(Requests.request(PutItemRequest.class, json)));
    }

    UpdateItemResponse updateItem(String json) {
        return write(new UpdateItemOperation(Requests.request(UpdateItemRequest.class, json)));
    }

    DeleteItemResponse deleteItem(String json) {
        return write(new DeleteItemOperation(Requests.request(DeleteItemRequest.class, json)));
    }

    GetItemResponse getItem(String json) {
        return executor.read(new GetItemOperation(Requests.request(GetItemRequest.class, json)));
    }

    QueryResponse query(String json) {
        return executor.read(new QueryOperation(Requests.request(QueryRequest.class, json)));
    }

    ScanResponse scan(String json) {
        return executor.read(new ScanOperation(Requests.request(ScanRequest.class, json)));
    }

    BatchGetItemResponse batchGetItem(String json) {
        return executor.read(new BatchGetItemOperation(Requests.request(BatchGetItemRequest.class, json)));
    }

    BatchWriteItemResponse batchWriteItem(String json) {
        return join(new BatchWriteItemOperation(Requests.request(BatchWriteItemRequest.class, json)).execute(executor));
    }

    TransactWriteItemsResponse transactWriteItems(String json) {
        return write(new TransactWriteItemsOperation(Requests.request(TransactWriteItemsRequest.class, json)));
    }

    TransactGetItemsResponse transactGetItems(String json) {
        return executor.read(new TransactGetItemsOperation(Requests.request(TransactGetItemsRequest.class, json)));
    }

    <R> R read(ReadOperation<R> operation) {
        return executor.read(operation);
    }

    <R> R write(WriteOperation<R> operation) {
        return join(executor.write(operation));
    }

    static <R> R join(CompletionStage<R> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof DynamoException refused) {
                throw refused;
            }
            throw e;
        }
    }

    /** The refusal that {@code call} must end with. */
    static DynamoException refusal(ErrorType type, Supplier<?> call) {
        DynamoException refused = catchThrowableOfType(DynamoException.class, call::get);
        assertThat(refused).as("refusal").isNotNull();
        assertThat(refused.type()).as(refused.getMessage()).isEqualTo(type);
        return refused;
    }

    static void assertRefused(ErrorType type, String message, Supplier<?> call) {
        assertThat(refusal(type, call)).hasMessage(message);
    }

    static void assertInvalid(String message, Supplier<?> call) {
        assertRefused(ErrorType.VALIDATION, message, call);
    }
}
