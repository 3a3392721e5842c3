package io.tailrace.engine.operation;

import io.tailrace.engine.error.CancellationReason;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.journal.RequestToken;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.writer.ItemMutation;
import io.tailrace.engine.writer.Mutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * TransactWriteItems: all actions in one commit, or none. An action that its table cannot take cancels the transaction and
 * is the only one named; else every failed condition is. A request whose token was committed before changes nothing and
 * takes the capacity of reading its items. (API Reference, TransactWriteItems.)
 */
public final class TransactWriteItemsOperation implements WriteOperation<TransactWriteItemsResponse> {
    /** Transactions take twice the capacity. (Developer Guide, "Capacity management for transactions".) */
    private static final int CAPACITY_FACTOR = 2;

    static final int MAX_TOKEN_LENGTH = 36;

    private final TransactWriteItemsRequest request;
    private final List<ItemWrite> writes;
    /** Null when the request has no token. */
    private final RequestToken token;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public TransactWriteItemsOperation(TransactWriteItemsRequest request) {
        this.request = request;
        Constraints constraints = new Constraints()
                .lengthAtLeast("clientRequestToken", request.clientRequestToken(), 1)
                .lengthAtMost("clientRequestToken", request.clientRequestToken(), MAX_TOKEN_LENGTH)
                .oneOf("returnConsumedCapacity", request.returnConsumedCapacity(), Choices.RETURN_CONSUMED_CAPACITY)
                .oneOf(
                        "returnItemCollectionMetrics",
                        request.returnItemCollectionMetrics(),
                        Choices.RETURN_ITEM_COLLECTION_METRICS)
                .transactItems(request.transactItems());
        if (request.transactItems() != null) {
            int position = 1;
            for (TransactWriteItem action : request.transactItems()) {
                TransactWriteActions.checkConstraints(constraints, "transactItems." + position++ + ".member.", action);
            }
        }
        constraints.verify();
        writes = TransactWriteActions.of(request);
        token = RequestFingerprint.of(request);
    }

    /**
     * The transaction of writes that another request stands for.
     *
     * @param token null for none
     */
    TransactWriteItemsOperation(List<ItemWrite> writes, String returnConsumedCapacity, RequestToken token) {
        this.request = new TransactWriteItemsRequest(List.of(), returnConsumedCapacity, null, null, List.of());
        this.writes = List.copyOf(writes);
        this.token = token;
    }

    @Override
    public Plan<TransactWriteItemsResponse> plan(PlanContext context) {
        Optional<RequestToken> committed = token == null ? Optional.empty() : context.requestToken(token.token());
        if (committed.isEmpty()) {
            return write(context);
        }
        if (!committed.get().equals(token)) {
            throw new DynamoException(
                    ErrorType.IDEMPOTENT_PARAMETER_MISMATCH, ErrorMessages.idempotentParameterMismatch());
        }
        return new Plan<>(List.of(), readAgain(context));
    }

    private TransactWriteItemsResponse readAgain(PlanContext context) {
        Answer answer = new Answer(new ItemCollections(context));
        for (ItemWrite write : writes) {
            TableDefinition table = write.table().resolve(context);
            answer.addRead(write, table, item(context.item(table, write.key(table))));
        }
        return answer.response(CapacityAccount.Kind.TRANSACT_READ);
    }

    private Plan<TransactWriteItemsResponse> write(PlanContext context) {
        List<TableDefinition> tables = new ArrayList<>();
        Set<ItemKey> keys = new HashSet<>();
        for (ItemWrite write : writes) {
            TableDefinition table = write.table().resolve(context);
            tables.add(table);
            if (!keys.add(new ItemKey(table.id(), write.key(table)))) {
                throw DynamoException.validation(ErrorMessages.itemTwiceInTransaction());
            }
        }
        for (int i = 0; i < writes.size(); i++) {
            int position = i;
            orCancel(position, () -> writes.get(position).verify(tables.get(position)));
        }
        List<StoredItem> stored = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            stored.add(context.item(tables.get(i), writes.get(i).key(tables.get(i))));
        }
        requireConditions(stored);
        List<Mutation> mutations = new ArrayList<>();
        ItemCollections collections = new ItemCollections(context);
        Answer answer = new Answer(collections);
        for (int i = 0; i < writes.size(); i++) {
            int position = i;
            orCancel(position, () -> {
                ItemWrite write = writes.get(position);
                TableDefinition table = tables.get(position);
                Item newItem = write.newItem(table, item(stored.get(position)));
                if (!(write instanceof CheckWrite)) {
                    collections.add(table, item(stored.get(position)), newItem);
                    mutations.add(new ItemMutation(table, write.key(table), stored.get(position), newItem));
                }
                answer.addWrite(write, table, item(stored.get(position)), newItem);
            });
        }
        return new Plan<>(mutations, answer.response(CapacityAccount.Kind.TRANSACT_WRITE), token);
    }

    /** Runs one action's part; when it is invalid the whole transaction is cancelled because of it. */
    private void orCancel(int position, Runnable part) {
        try {
            part.run();
        } catch (DynamoException refused) {
            if (ErrorMessages.isEmptyKey(refused.getMessage())) {
                throw refused;
            }
            CancellationReason reason = switch (refused.type()) {
                case VALIDATION -> CancellationReason.validationError(refused.getMessage());
                case ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED -> CancellationReason.itemCollectionTooLarge();
                default -> throw refused;
            };
            List<CancellationReason> reasons =
                    new ArrayList<>(Collections.nCopies(writes.size(), CancellationReason.NONE));
            reasons.set(position, reason);
            throw DynamoException.transactionCanceled(reasons);
        }
    }

    private void requireConditions(List<StoredItem> stored) {
        List<CancellationReason> reasons = new ArrayList<>();
        boolean failed = false;
        for (int i = 0; i < writes.size(); i++) {
            CancellationReason reason = writes.get(i).refusal(item(stored.get(i)));
            failed |= !reason.equals(CancellationReason.NONE);
            reasons.add(reason);
        }
        if (failed) {
            throw DynamoException.transactionCanceled(reasons);
        }
    }

    private static Item item(StoredItem stored) {
        return stored == null ? null : stored.item();
    }

    /** What identifies an item among all tables. */
    private record ItemKey(int tableId, Item key) {}

    /** The answer as it grows. */
    private final class Answer {
        private final Map<String, CapacityAccount> accounts = new LinkedHashMap<>();
        private final Map<String, Map<Item, ItemCollectionMetrics>> metrics = new LinkedHashMap<>();
        private final ItemCollections collections;

        Answer(ItemCollections collections) {
            this.collections = collections;
        }

        void addWrite(ItemWrite write, TableDefinition table, Item oldItem, Item newItem) {
            WriteCapacity.of(table, oldItem, newItem, CAPACITY_FACTOR).addTo(account(write));
            addMetrics(write, table);
        }

        void addRead(ItemWrite write, TableDefinition table, Item item) {
            account(write)
                    .addTable(CAPACITY_FACTOR * CapacityAccount.readUnits(item == null ? 0 : ItemSize.of(item), true));
            addMetrics(write, table);
        }

        private CapacityAccount account(ItemWrite write) {
            return accounts.computeIfAbsent(write.table().requested(), CapacityAccount::new);
        }

        private void addMetrics(ItemWrite write, TableDefinition table) {
            ItemCollectionMetrics collection = ItemWrites.collectionMetrics(
                    request.returnItemCollectionMetrics(), collections, table, write.key(table));
            if (collection != null && !(write instanceof CheckWrite)) {
                metrics.computeIfAbsent(write.table().requested(), any -> new LinkedHashMap<>())
                        .put(collection.itemCollectionKey(), collection);
            }
        }

        TransactWriteItemsResponse response(CapacityAccount.Kind kind) {
            CapacityAccount.Detail detail = CapacityAccount.Detail.of(request.returnConsumedCapacity());
            Map<String, List<ItemCollectionMetrics>> lists = new LinkedHashMap<>();
            metrics.forEach((table, ofTable) -> lists.put(table, List.copyOf(ofTable.values())));
            return new TransactWriteItemsResponse(
                    lists.isEmpty() ? null : lists,
                    detail == CapacityAccount.Detail.NONE
                            ? null
                            : accounts.values().stream()
                                    .map(account -> account.report(detail, kind))
                                    .toList());
        }
    }
}
