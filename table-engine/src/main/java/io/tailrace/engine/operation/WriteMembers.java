package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.schemas.model.Item;

/**
 * The model's constraints on the members of PutItem, DeleteItem and UpdateItem. DynamoDB checks them in a newer way, which
 * has words of its own for some, unless a required member is missing or a value nests very deeply: then all are reported
 * in the older words.
 */
final class WriteMembers {
    private static final String RETURN_CONSUMED_CAPACITY = "returnConsumedCapacity";
    private static final String TABLE_NAME = "tableName";
    private static final String RETURN_VALUES = "returnValues";
    private static final String RETURN_METRICS = "returnItemCollectionMetrics";
    private static final String CONDITIONAL_OPERATOR = "conditionalOperator";

    private final ConditionedWriteRequest request;
    private final Constraints constraints = new Constraints();
    private final boolean older;

    private WriteMembers(ConditionedWriteRequest request, Item required) {
        this.request = request;
        this.older = request.tableName() == null || required == null || isVeryDeep(request);
    }

    /** @throws DynamoException with all violations, or with the one that the service reports alone */
    static void checkPut(PutItemRequest request) {
        WriteMembers members = new WriteMembers(request, request.item());
        members.checkAlone();
        members.returnConsumedCapacity().tableName();
        members.constraints.required("item", request.item());
        members.conditionalOperator().returnValues().returnMetrics().rest().verify();
    }

    /** @throws DynamoException with all violations, or with the one that the service reports alone */
    static void checkDelete(DeleteItemRequest request) {
        WriteMembers members = new WriteMembers(request, request.key());
        members.checkAlone();
        members.keyed(request.key()).verify();
    }

    /** @throws DynamoException with all violations, or with the one that the service reports alone */
    static void checkUpdate(UpdateItemRequest request) {
        WriteMembers members = new WriteMembers(request, request.key());
        members.checkAlone();
        if (!members.older) {
            new Constraints()
                    .checkWorded(members.hasKnownReturnValues(), ErrorMessages.returnValuesUnknown())
                    .verify();
        }
        Constraints all = members.keyed(request.key());
        LegacyParameters.checkUpdateConstraints(all, request.attributeUpdates());
        all.verify();
    }

    /** Whether a value nests so deeply that the service validates the request in the older way. */
    static boolean isVeryDeep(ConditionedWriteRequest request) {
        return request.malformedValues().stream().anyMatch(MalformedValue::veryDeep);
    }

    /** What the newer way reports before it goes on to the next member. */
    private void checkAlone() {
        if (older) {
            return;
        }
        new Constraints()
                .checkNamed(
                        !request.tableName().isEmpty(),
                        "TableName",
                        "Member must have length greater than or equal to 1")
                .verify();
        new Constraints()
                .checkWorded(
                        request.conditionalOperator() == null
                                || Choices.CONDITIONAL_OPERATOR.has(request.conditionalOperator()),
                        ErrorMessages.conditionalOperatorUnknown())
                .verify();
    }

    private Constraints keyed(Item key) {
        returnConsumedCapacity().tableName().returnMetrics().returnValues().conditionalOperator();
        constraints.required("key", key);
        return rest();
    }

    private WriteMembers returnConsumedCapacity() {
        constraints.oneOf(RETURN_CONSUMED_CAPACITY, request.returnConsumedCapacity(), Choices.RETURN_CONSUMED_CAPACITY);
        return this;
    }

    private WriteMembers tableName() {
        if ("".equals(request.tableName())) {
            constraints.lengthAtLeast(TABLE_NAME, "", 1);
        } else {
            constraints.tableName(TABLE_NAME, request.tableName());
        }
        return this;
    }

    private WriteMembers returnValues() {
        if (older) {
            constraints.oneOf(RETURN_VALUES, request.returnValues(), Choices.RETURN_VALUES);
        } else {
            constraints.checkWorded(hasKnownReturnValues(), ErrorMessages.returnValuesUnknown());
        }
        return this;
    }

    private WriteMembers returnMetrics() {
        constraints.oneOf(
                RETURN_METRICS, request.returnItemCollectionMetrics(), Choices.RETURN_ITEM_COLLECTION_METRICS);
        return this;
    }

    private WriteMembers conditionalOperator() {
        constraints.oneOf(CONDITIONAL_OPERATOR, request.conditionalOperator(), Choices.CONDITIONAL_OPERATOR);
        return this;
    }

    private Constraints rest() {
        constraints.oneOf(
                "returnValuesOnConditionCheckFailure",
                request.returnValuesOnConditionCheckFailure(),
                Choices.RETURN_VALUES_ON_CONDITION_CHECK_FAILURE);
        LegacyParameters.checkExpectedConstraints(constraints, request.expected());
        return constraints;
    }

    private boolean hasKnownReturnValues() {
        return request.returnValues() == null || Choices.RETURN_VALUES.has(request.returnValues());
    }
}
