package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.StatementErrorMessages;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reads of ExecuteTransaction: TransactGetItems, whose keys are in the statements. */
final class TransactSelectOperation implements ReadOperation<ExecuteTransactionResponse> {
    private final List<SelectStatement> selects;
    private final String returnConsumedCapacity;

    TransactSelectOperation(List<SelectStatement> selects, String returnConsumedCapacity) {
        this.selects = List.copyOf(selects);
        this.returnConsumedCapacity = returnConsumedCapacity;
    }

    /** All items must be of one state. */
    @Override
    public boolean needsSnapshot() {
        return true;
    }

    @Override
    public ExecuteTransactionResponse execute(ReadContext context) {
        List<TransactGetItem> gets = new ArrayList<>();
        for (int i = 0; i < selects.size(); i++) {
            SelectStatement select = selects.get(i);
            gets.add(new TransactGetItem(
                    new TransactGet(select.table().requested(), key(context, select, i), null, null)));
        }
        TransactGetItemsResponse got = new TransactGetItemsOperation(
                        new TransactGetItemsRequest(gets, returnConsumedCapacity, List.of()))
                .execute(context);
        List<ItemResponse> responses = new ArrayList<>();
        for (int i = 0; i < selects.size(); i++) {
            Item item = got.responses().get(i).item();
            responses.add(new ItemResponse(item == null ? null : selects.get(i).project(item)));
        }
        return new ExecuteTransactionResponse(responses, got.consumedCapacity());
    }

    /** The primary key, which must be all that the statement asks for. */
    private static Item key(ReadContext context, SelectStatement select, int position) {
        TableDefinition definition = select.table().resolve(context);
        Optional<Item> key = WhereTerms.key(definition, select.terms());
        boolean keyAlone =
                select.terms().size() == definition.key().attributes().size();
        if (select.indexName() != null) {
            throw DynamoException.validation(StatementErrorMessages.transactionStatement(
                    position, StatementErrorMessages.transactionIndexRead()));
        }
        if (key.isEmpty() || !keyAlone) {
            throw DynamoException.validation(StatementErrorMessages.transactionStatement(
                    position, StatementErrorMessages.transactionSelectWithoutKey()));
        }
        select.verifyPaths(definition);
        select.verifyOrder(ReadTarget.of(definition, null));
        return key.get();
    }
}
