package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * BatchWriteItem: up to 25 puts and deletes, each a commit of its own. All are validated before the first is written; those
 * that the engine has no room for come back unprocessed. (API Reference, BatchWriteItem.)
 */
public final class BatchWriteItemOperation {
    private static final String NAME = "BatchWriteItem";

    private final BatchWriteItemRequest request;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public BatchWriteItemOperation(BatchWriteItemRequest request) {
        this.request = request;
        checkConstraints(request);
        int writes = 0;
        for (List<WriteRequest> tableWrites : request.requestItems().values()) {
            for (WriteRequest write : tableWrites) {
                checkWrite(write);
                writes++;
            }
        }
        if (writes > Limits.MAX_BATCH_WRITE_ITEMS) {
            throw DynamoException.validation(ErrorMessages.tooManyItems(NAME));
        }
    }

    private static void checkConstraints(BatchWriteItemRequest request) {
        Constraints constraints = new Constraints()
                .oneOf("returnConsumedCapacity", request.returnConsumedCapacity(), Choices.RETURN_CONSUMED_CAPACITY)
                .oneOf(
                        "returnItemCollectionMetrics",
                        request.returnItemCollectionMetrics(),
                        Choices.RETURN_ITEM_COLLECTION_METRICS)
                .required("requestItems", request.requestItems());
        constraints.verify();
        Map<String, List<WriteRequest>> items = request.requestItems();
        constraints
                .checkNamed(!items.isEmpty(), "RequestItems", "Member must have length greater than or equal to 1")
                .tableNameKeys("requestItems", items.keySet(), () -> RequestEcho.printed(items))
                .noneEmpty("requestItems", items, Limits.MAX_BATCH_WRITE_ITEMS, () -> RequestEcho.printed(items));
        items.forEach((table, writes) -> {
            constraints.checkNamed(
                    writes.size() <= Limits.MAX_BATCH_WRITE_ITEMS,
                    "RequestItems." + table + ".member",
                    "Member must have length less than or equal to " + Limits.MAX_BATCH_WRITE_ITEMS);
            checkConstraints(constraints, table, writes);
        });
        constraints.verify();
    }

    private static void checkConstraints(Constraints constraints, String table, List<WriteRequest> writes) {
        constraints.required("requestItems." + table + ".member", writes);
        if (writes == null) {
            return;
        }
        int position = 1;
        for (WriteRequest write : writes) {
            String path = "requestItems." + table + ".member." + position++ + ".member.";
            if (write.deleteRequest() != null) {
                constraints.required(
                        path + "deleteRequest.key", write.deleteRequest().key());
            }
            if (write.putRequest() != null) {
                constraints.required(
                        path + "putRequest.item", write.putRequest().item());
            }
        }
    }

    private void checkWrite(WriteRequest write) {
        if ((write.putRequest() == null) == (write.deleteRequest() == null)) {
            throw DynamoException.validation(ErrorMessages.notOneWrite());
        }
        List<MalformedValue> malformedValues = MalformedValue.inOlderWords(request.malformedValues());
        ItemValidator.checkWellFormed(malformedValues, "RequestItems");
        if (write.putRequest() != null) {
            ItemValidator.checkItem(write.putRequest().item(), malformedValues, "RequestItems");
            ItemValidator.checkPutSize(write.putRequest().item());
        }
    }

    /** Writes; the stage fails with the {@link DynamoException} that refuses the batch. */
    public CompletionStage<BatchWriteItemResponse> execute(OperationExecutor executor) {
        executor.read(this::verifyAgainstTables);
        List<PendingWrite> writes = new ArrayList<>();
        request.requestItems().forEach((table, tableWrites) -> {
            for (WriteRequest write : tableWrites) {
                writes.add(new PendingWrite(table, write, submit(executor, table, write)));
            }
        });
        CompletableFuture<?>[] results =
                writes.stream().map(PendingWrite::settled).toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(results).thenApply(done -> response(writes));
    }

    private Boolean verifyAgainstTables(ReadContext context) {
        request.requestItems().forEach((table, writes) -> {
            TableDefinition definition = TableReference.of(table).resolve(context);
            Set<Item> keys = new HashSet<>();
            for (WriteRequest write : writes) {
                Item written;
                if (write.putRequest() != null) {
                    written = write.putRequest().item();
                    KeyValidator.checkBatchedItem(definition, written);
                } else {
                    written = write.deleteRequest().key();
                    KeyValidator.checkKey(definition, written);
                }
                if (!keys.add(definition.key().keyOf(written))) {
                    throw DynamoException.validation(ErrorMessages.duplicateKeys());
                }
            }
        });
        return Boolean.TRUE;
    }

    private static CompletableFuture<BatchedWrite.Result> submit(
            OperationExecutor executor, String table, WriteRequest write) {
        try {
            return executor.write(new BatchedWrite(TableReference.of(table), write));
        } catch (DynamoException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private BatchWriteItemResponse response(List<PendingWrite> writes) {
        Map<String, List<WriteRequest>> unprocessed = new LinkedHashMap<>();
        Map<String, CapacityAccount> accounts = new LinkedHashMap<>();
        Map<String, Map<Item, ItemCollectionMetrics>> metrics = new LinkedHashMap<>();
        int processed = 0;
        for (PendingWrite write : writes) {
            CapacityAccount account = accounts.computeIfAbsent(write.table(), CapacityAccount::new);
            BatchedWrite.Result result = write.resultOrNull();
            if (result == null) {
                unprocessed
                        .computeIfAbsent(write.table(), table -> new ArrayList<>())
                        .add(write.request());
                continue;
            }
            processed++;
            result.capacity().addTo(account);
            ItemCollectionMetrics collection = result.collection();
            if (collection != null && ItemCollections.areAskedFor(request.returnItemCollectionMetrics())) {
                metrics.computeIfAbsent(write.table(), table -> new LinkedHashMap<>())
                        .put(collection.itemCollectionKey(), collection);
            }
        }
        if (processed == 0) {
            throw new DynamoException(ErrorType.PROVISIONED_THROUGHPUT_EXCEEDED, ErrorMessages.throughputExceeded());
        }
        Map<String, List<ItemCollectionMetrics>> lists = new LinkedHashMap<>();
        metrics.forEach((table, collections) -> lists.put(table, List.copyOf(collections.values())));
        return new BatchWriteItemResponse(unprocessed, lists.isEmpty() ? null : lists, capacities(accounts));
    }

    private List<ConsumedCapacity> capacities(Map<String, CapacityAccount> accounts) {
        CapacityAccount.Detail detail = CapacityAccount.Detail.of(request.returnConsumedCapacity());
        return detail == CapacityAccount.Detail.NONE
                ? null
                : accounts.values().stream()
                        .map(account -> account.report(detail, CapacityAccount.Kind.PLAIN))
                        .toList();
    }

    /** A write that was handed to the engine. */
    private record PendingWrite(String table, WriteRequest request, CompletableFuture<BatchedWrite.Result> result) {
        /** Completes with or after the result, and never exceptionally. */
        CompletableFuture<Boolean> settled() {
            return result.handle((done, failure) -> failure == null);
        }

        /** The result; null when the engine had no room for the write, which may be tried again. */
        BatchedWrite.Result resultOrNull() {
            try {
                return result.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof DynamoException refused) {
                    if (refused.type().retryable()
                            && refused.type().httpStatus() < 500
                            && refused.type() != ErrorType.ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED) {
                        return null;
                    }
                    throw refused;
                }
                throw e;
            }
        }
    }
}
