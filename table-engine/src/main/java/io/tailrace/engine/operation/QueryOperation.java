package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.expression.BoundCondition;
import io.tailrace.engine.expression.BoundKeyCondition;
import io.tailrace.engine.expression.KeyCondition;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;

/** Query. (API Reference, Query.) */
public final class QueryOperation implements ReadOperation<QueryResponse> {
    private final QueryRequest request;
    private final PagedRead read;
    private final BoundKeyCondition keyCondition;

    /** @throws DynamoException when the request is wrong whatever tables there are */
    public QueryOperation(QueryRequest request) {
        this.request = request;
        checkConstraints(request);
        PagedRead.parameters(request, "QueryFilter", request.queryFilter())
                .older("KeyConditions", request.keyConditionExpression() == null ? null : request.keyConditions())
                .expression("KeyConditionExpression", request.keyConditionExpression())
                .verify(request.expressionAttributeNames(), request.expressionAttributeValues());
        BoundCondition queryFilter = LegacyParameters.filter(
                "QueryFilter", request.queryFilter(), request.conditionalOperator(), request.malformedValues());
        ReadProjection.checkAttributesToGet(request.attributesToGet());
        ReadChecks.checkStartKeyWellFormed(request.malformedValues());
        if (request.keyConditions() == null && request.keyConditionExpression() == null) {
            throw DynamoException.validation(ErrorMessages.keyConditionsMissing());
        }
        ReadChecks.checkSelect(
                request.select(), request.projectionExpression(), request.attributesToGet(), request.indexName());
        BoundExpressions expressions = new BoundExpressions(
                request.expressionAttributeNames(), request.expressionAttributeValues(), request.malformedValues());
        keyCondition = expressions.keyCondition(request.keyConditionExpression());
        read = new PagedRead(request, queryFilter, expressions);
        checkKeyConditions();
    }

    private void checkKeyConditions() {
        if (keyCondition == null) {
            LegacyParameters.checkKeyConditions(
                    request.keyConditions(), request.indexName(), request.malformedValues());
            return;
        }
        BoundExpressions.refusing(keyCondition::conditionCount);
    }

    private static void checkConstraints(QueryRequest request) {
        if (request.conditionalOperator() != null && !Choices.CONDITIONAL_OPERATOR.has(request.conditionalOperator())) {
            throw DynamoException.validation(ErrorMessages.conditionalOperatorUnknown());
        }
        Constraints limit = new Constraints()
                .checkNamed(
                        request.limit() == null || request.limit() >= 1,
                        "Limit",
                        "Member must have value greater than or equal to 1");
        Constraints constraints =
                PagedRead.constraints(limit, request).oneOf("select", request.select(), Choices.SELECT);
        LegacyParameters.checkConstraints(constraints, "queryFilter", request.queryFilter());
        LegacyParameters.checkConstraints(constraints, "keyConditions", request.keyConditions());
        constraints
                .tableName("tableName", request.tableName())
                .name("indexName", request.indexName())
                .verify();
    }

    @Override
    public boolean needsSnapshot() {
        return read.needsSnapshot();
    }

    @Override
    public QueryResponse execute(ReadContext context) {
        ReadTarget target = read.target(context);
        Item startKey = request.exclusiveStartKey();
        if (startKey != null) {
            ReadChecks.checkStartKeySize(target, startKey);
            ReadChecks.checkStartKeyAttributes(target.key().partitionKey(), startKey);
        }
        KeyCondition condition = keyCondition == null
                ? LegacyParameters.keyCondition(request.keyConditions(), target.key(), request.indexName())
                : BoundExpressions.refusing(() -> keyCondition.forKey(target.key(), request.indexName()));
        if (startKey != null) {
            ReadChecks.checkStartKeyAttributes(target.key().sortKey(), startKey);
            KeyValidator.checkSizes(target.key(), startKey);
        }
        checkSizes(condition);
        boolean forward = !Boolean.FALSE.equals(request.scanIndexForward());
        KeyRange range = KeyRanges.of(target.id(), condition, forward);
        if (startKey != null) {
            ReadChecks.checkTableKeyOfStartKey(target, startKey);
            checkStartKeyInRange(target, startKey, condition);
            range = range.startingAfter(target.stateKey(startKey));
        }
        read.verifyProjection(target);
        checkFilterLeavesKeys(target);
        boolean fetchWhole = read.fetchesWhole(target);
        read.verifyFilter(target);
        return read.page(context, target, range, fetchWhole, QueryResponse::new);
    }

    /** The bounds of a range may not be longer than the keys that they are compared with. */
    private static void checkSizes(KeyCondition condition) {
        Item equalities = condition.equalities();
        KeyValidator.checkSizes(condition.schema(), equalities);
        condition.range().ifPresent(range -> {
            String name = range.attribute().name();
            KeyValidator.checkSizes(
                    condition.schema(),
                    equalities.toBuilder().set(name, range.operand()).build());
            if (range.upper() != null) {
                KeyValidator.checkSizes(
                        condition.schema(),
                        equalities.toBuilder().set(name, range.upper()).build());
            }
        });
    }

    /** The attributes of the key are for the key condition. */
    private void checkFilterLeavesKeys(ReadTarget target) {
        for (KeyAttribute attribute : target.key().attributes()) {
            if (read.filters(attribute.name())) {
                throw DynamoException.validation(ErrorMessages.filterOnKey(
                        request.filterExpression() == null ? "QueryFilter" : "Filter Expression", attribute.name()));
            }
        }
    }

    /** The start key must be one that the query could have ended with. */
    private static void checkStartKeyInRange(ReadTarget target, Item startKey, KeyCondition condition) {
        boolean samePartition = true;
        for (int i = 0; i < condition.partitionKey().size(); i++) {
            AttributeValue asked = condition.partitionKey().get(i);
            samePartition &=
                    asked.equals(startKey.get(target.key().partitionKey().get(i).name()));
        }
        boolean sortCondition =
                !condition.sortEqualities().isEmpty() || condition.range().isPresent();
        if (!sortCondition) {
            if (!samePartition) {
                throw DynamoException.validation(ErrorMessages.startKeyOutsideQuery());
            }
            return;
        }
        if (!matchesSort(target, startKey, condition)) {
            throw DynamoException.validation(ErrorMessages.startKeyOutsideRange());
        }
        if (!samePartition) {
            throw DynamoException.validation(ErrorMessages.queryCannotBeRestarted());
        }
    }

    private static boolean matchesSort(ReadTarget target, Item startKey, KeyCondition condition) {
        for (int i = 0; i < condition.sortEqualities().size(); i++) {
            AttributeValue asked = condition.sortEqualities().get(i);
            if (!asked.equals(startKey.get(target.key().sortKey().get(i).name()))) {
                return false;
            }
        }
        return condition.range().isEmpty()
                || condition
                        .range()
                        .get()
                        .contains(
                                startKey.get(condition.range().get().attribute().name()));
    }
}
