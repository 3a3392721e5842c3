package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * BatchGetItem: up to 100 items; keys for which there is no room in 16 megabytes come back unprocessed. (API Reference,
 * BatchGetItem.)
 */
public final class BatchGetItemOperation implements ReadOperation<BatchGetItemResponse> {
    private static final String NAME = "BatchGetItem";

    private final BatchGetItemRequest request;
    private final Map<String, ReadProjection> projections = new LinkedHashMap<>();

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public BatchGetItemOperation(BatchGetItemRequest request) {
        this.request = request;
        checkConstraints(request);
        checkParameters(request);
        int keys = 0;
        for (Map.Entry<String, KeysAndAttributes> entry : request.requestItems().entrySet()) {
            KeysAndAttributes wanted = entry.getValue();
            ItemValidator.checkWellFormed(request.malformedValues(), "RequestItems");
            ReadProjection.checkAttributesToGet(wanted.attributesToGet());
            projections.put(entry.getKey(), projection(wanted));
            Set<Item> seen = new HashSet<>();
            for (Item key : wanted.keys()) {
                if (!seen.add(key)) {
                    throw DynamoException.validation(ErrorMessages.duplicateKeys());
                }
            }
            keys += wanted.keys().size();
            if (keys > Limits.MAX_BATCH_GET_KEYS) {
                throw DynamoException.validation(ErrorMessages.tooManyItems(NAME));
            }
        }
    }

    /** Expressions and what they replace exclude one another, even if they are of different tables. */
    private static void checkParameters(BatchGetItemRequest request) {
        ExpressionParameters all = new ExpressionParameters();
        for (KeysAndAttributes wanted : request.requestItems().values()) {
            all.older("AttributesToGet", wanted.attributesToGet())
                    .expression("ProjectionExpression", wanted.projectionExpression());
        }
        all.verify(null, null);
        for (KeysAndAttributes wanted : request.requestItems().values()) {
            new ExpressionParameters()
                    .expression("ProjectionExpression", wanted.projectionExpression())
                    .verify(wanted.expressionAttributeNames(), null);
        }
    }

    private ReadProjection projection(KeysAndAttributes wanted) {
        BoundExpressions expressions =
                new BoundExpressions(wanted.expressionAttributeNames(), null, request.malformedValues());
        ReadProjection projection =
                new ReadProjection(wanted.attributesToGet(), expressions.projection(wanted.projectionExpression()));
        expressions.verifyAllUsed();
        return projection;
    }

    private static void checkConstraints(BatchGetItemRequest request) {
        Constraints constraints = new Constraints();
        if (request.requestItems() != null) {
            constraints.tableNameKeys(
                    "requestItems", request.requestItems().keySet(), () -> RequestEcho.json(request.requestItems()));
        }
        constraints
                .oneOf("returnConsumedCapacity", request.returnConsumedCapacity(), Choices.RETURN_CONSUMED_CAPACITY)
                .required("requestItems", request.requestItems());
        if (request.requestItems() != null) {
            constraints.checkNamed(
                    !request.requestItems().isEmpty(),
                    "RequestItems",
                    "Member must have length greater than or equal to 1");
            request.requestItems().forEach((table, wanted) -> {
                String path = "requestItems." + table + ".member";
                constraints.required(path, wanted);
                if (wanted != null) {
                    constraints
                            .required(path + ".keys", wanted.keys())
                            .checkNamed(
                                    wanted.keys() == null || !wanted.keys().isEmpty(),
                                    "RequestItems." + table + ".member.Keys",
                                    "Member must have length greater than or equal to 1")
                            .checkNamed(
                                    wanted.keys() == null || wanted.keys().size() <= Limits.MAX_BATCH_GET_KEYS,
                                    "RequestItems." + table + ".member.Keys",
                                    "Member must have length less than or equal to " + Limits.MAX_BATCH_GET_KEYS)
                            .lengthAtLeast(path + ".attributesToGet", wanted.attributesToGet(), 1)
                            .lengthAtMost(
                                    path + ".attributesToGet", wanted.attributesToGet(), Limits.MAX_ATTRIBUTES_TO_GET);
                }
            });
        }
        constraints.verify();
    }

    @Override
    public BatchGetItemResponse execute(ReadContext context) {
        Map<String, TableDefinition> definitions = new LinkedHashMap<>();
        request.requestItems().forEach((table, wanted) -> {
            TableDefinition definition = TableReference.of(table).resolve(context);
            wanted.keys().forEach(key -> KeyValidator.checkKey(definition, key));
            ExpressionPaths.verify(definition, projections.get(table).paths());
            definitions.put(table, definition);
        });
        Answer answer = new Answer(context);
        request.requestItems()
                .forEach((table, wanted) -> answer.add(table, definitions.get(table), wanted, projections.get(table)));
        return answer.response(CapacityAccount.Detail.of(request.returnConsumedCapacity()));
    }

    /** The answer as it grows. */
    private static final class Answer {
        private final ReadContext context;
        private final Map<String, List<Item>> responses = new LinkedHashMap<>();
        private final Map<String, KeysAndAttributes> unprocessed = new LinkedHashMap<>();
        private final List<CapacityAccount> accounts = new ArrayList<>();
        private long bytes;

        Answer(ReadContext context) {
            this.context = context;
        }

        void add(String table, TableDefinition definition, KeysAndAttributes wanted, ReadProjection projection) {
            CapacityAccount account = new CapacityAccount(table);
            accounts.add(account);
            List<Item> items = new ArrayList<>();
            List<Item> left = new ArrayList<>();
            for (Item key : wanted.keys()) {
                StoredItem stored = left.isEmpty() ? context.item(definition, key) : null;
                int size = stored == null ? 0 : ItemSize.of(stored.item());
                if (!left.isEmpty() || bytes + size > Limits.MAX_BATCH_GET_BYTES) {
                    left.add(key);
                    continue;
                }
                bytes += size;
                account.addTable(CapacityAccount.readUnits(size, Boolean.TRUE.equals(wanted.consistentRead())));
                if (stored != null) {
                    items.add(projection.apply(stored.item()));
                }
            }
            responses.put(table, items);
            if (!left.isEmpty()) {
                unprocessed.put(
                        table,
                        new KeysAndAttributes(
                                left,
                                wanted.consistentRead(),
                                wanted.attributesToGet(),
                                wanted.projectionExpression(),
                                wanted.expressionAttributeNames()));
            }
        }

        BatchGetItemResponse response(CapacityAccount.Detail detail) {
            return new BatchGetItemResponse(
                    responses,
                    unprocessed,
                    detail == CapacityAccount.Detail.NONE
                            ? null
                            : accounts.stream()
                                    .map(account -> account.report(detail, CapacityAccount.Kind.PLAIN))
                                    .toList());
        }
    }
}
