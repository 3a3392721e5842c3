package io.tailrace.engine.operation;

import io.tailrace.engine.error.CancellationReason;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** TransactGetItems: up to a hundred items of one state. (API Reference, TransactGetItems.) */
public final class TransactGetItemsOperation implements ReadOperation<TransactGetItemsResponse> {
    /** Transactions take twice the capacity. (Developer Guide, "Capacity management for transactions".) */
    private static final int CAPACITY_FACTOR = 2;

    private final TransactGetItemsRequest request;
    private final List<ReadProjection> projections = new ArrayList<>();

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public TransactGetItemsOperation(TransactGetItemsRequest request) {
        this.request = request;
        checkConstraints(request);
        ItemValidator.checkWellFormed(MalformedValue.inOlderWords(request.malformedValues()), "TransactItems");
        for (TransactGetItem action : request.transactItems()) {
            TransactGet get = action.get();
            new ExpressionParameters()
                    .expression("ProjectionExpression", get.projectionExpression())
                    .verify(get.expressionAttributeNames(), null);
            BoundExpressions expressions =
                    new BoundExpressions(get.expressionAttributeNames(), null, request.malformedValues());
            projections.add(new ReadProjection(null, expressions.projection(get.projectionExpression())));
            expressions.verifyAllUsed();
        }
    }

    private static void checkConstraints(TransactGetItemsRequest request) {
        Constraints constraints = new Constraints()
                .oneOf("returnConsumedCapacity", request.returnConsumedCapacity(), Choices.RETURN_CONSUMED_CAPACITY)
                .transactItems(request.transactItems());
        if (request.transactItems() != null) {
            int position = 1;
            for (TransactGetItem action : request.transactItems()) {
                String path = "transactItems." + position++ + ".member.get";
                constraints.required(path, action.get());
                if (action.get() != null) {
                    constraints
                            .tableName(path + ".tableName", action.get().tableName())
                            .required(path + ".key", action.get().key());
                }
            }
        }
        constraints.verify();
    }

    @Override
    public boolean needsSnapshot() {
        return true;
    }

    @Override
    public TransactGetItemsResponse execute(ReadContext context) {
        List<TableDefinition> tables = new ArrayList<>();
        Set<Map.Entry<Integer, Item>> keys = new HashSet<>();
        for (TransactGetItem action : request.transactItems()) {
            TableDefinition table = TableReference.of(action.get().tableName()).resolve(context);
            tables.add(table);
            if (!keys.add(Map.entry(table.id(), action.get().key()))) {
                throw DynamoException.validation(ErrorMessages.itemTwiceInTransaction());
            }
        }
        for (int i = 0; i < tables.size(); i++) {
            verify(i, tables.get(i));
        }
        return read(context, tables);
    }

    private void verify(int position, TableDefinition table) {
        try {
            KeyValidator.checkKey(
                    table, request.transactItems().get(position).get().key());
            ExpressionPaths.verify(table, projections.get(position).paths());
        } catch (DynamoException refused) {
            if (refused.type() != ErrorType.VALIDATION || ErrorMessages.isEmptyKey(refused.getMessage())) {
                throw refused;
            }
            List<CancellationReason> reasons =
                    new ArrayList<>(Collections.nCopies(projections.size(), CancellationReason.NONE));
            reasons.set(position, CancellationReason.validationError(refused.getMessage()));
            throw DynamoException.transactionCanceled(reasons);
        }
    }

    private TransactGetItemsResponse read(ReadContext context, List<TableDefinition> tables) {
        Map<String, CapacityAccount> accounts = new LinkedHashMap<>();
        List<ItemResponse> responses = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < tables.size(); i++) {
            TransactGet get = request.transactItems().get(i).get();
            StoredItem stored = context.item(tables.get(i), get.key());
            int size = stored == null ? 0 : ItemSize.of(stored.item());
            bytes += size;
            if (bytes > Limits.MAX_TRANSACTION_BYTES) {
                throw DynamoException.validation(ErrorMessages.transactionTooLarge(bytes));
            }
            accounts.computeIfAbsent(get.tableName(), CapacityAccount::new)
                    .addTable(CAPACITY_FACTOR * CapacityAccount.readUnits(size, true));
            responses.add(
                    new ItemResponse(stored == null ? null : projections.get(i).apply(stored.item())));
        }
        CapacityAccount.Detail detail = CapacityAccount.Detail.of(request.returnConsumedCapacity());
        return new TransactGetItemsResponse(
                responses,
                detail == CapacityAccount.Detail.NONE
                        ? null
                        : accounts.values().stream()
                                .map(account -> account.report(detail, CapacityAccount.Kind.TRANSACT_READ))
                                .toList());
    }
}
