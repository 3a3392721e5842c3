package io.tailrace.engine.operation;

import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.writer.ItemMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;

/** One put or delete of a BatchWriteItem. */
record BatchedWrite(TableReference table, WriteRequest request) implements WriteOperation<BatchedWrite.Result> {
    /**
     * What the batch's answer needs to know of it.
     *
     * @param collection null in tables without local indexes
     */
    record Result(WriteCapacity capacity, ItemCollectionMetrics collection) {}

    /** The batch has validated the write, but the table may have changed since. */
    @Override
    public Plan<Result> plan(PlanContext context) {
        TableDefinition definition = table.resolve(context);
        Item written;
        Item newItem;
        if (request.putRequest() != null) {
            newItem = request.putRequest().item();
            written = newItem;
            KeyValidator.checkBatchedItem(definition, newItem);
        } else {
            newItem = null;
            written = request.deleteRequest().key();
            KeyValidator.checkKey(definition, written);
        }
        Item key = definition.key().keyOf(written);
        StoredItem stored = context.item(definition, key);
        Item oldItem = stored == null ? null : stored.item();
        ItemCollections collections = new ItemCollections(context);
        collections.add(definition, oldItem, newItem);
        return new Plan<>(
                List.of(new ItemMutation(definition, key, stored, newItem)),
                new Result(WriteCapacity.of(definition, oldItem, newItem, 1), collections.metrics(definition, key)));
    }
}
