package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.expression.AttributeUpdate;
import io.tailrace.engine.expression.BoundCondition;
import io.tailrace.engine.expression.BoundUpdate;
import io.tailrace.engine.expression.ExpectedAttribute;
import io.tailrace.engine.expression.KeyCondition;
import io.tailrace.engine.expression.LegacyCondition;
import io.tailrace.engine.expression.LegacyConditions;
import io.tailrace.engine.expression.LegacyUpdates;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters that expressions have replaced, turned into what expressions become. Absent parameters become null. */
final class LegacyParameters {
    private static final int MAX_TABLE_KEY_CONDITIONS = 2;

    private LegacyParameters() {}

    /** The model's constraints on the operators of KeyConditions, QueryFilter and ScanFilter. */
    static void checkConstraints(Constraints constraints, String path, Map<String, Condition> conditions) {
        if (conditions != null) {
            conditions.forEach((name, condition) -> {
                String operator = path + "." + name + ".member.comparisonOperator";
                constraints
                        .required(operator, condition.comparisonOperator())
                        .oneOf(operator, condition.comparisonOperator(), Choices.COMPARISON_OPERATOR);
            });
        }
    }

    /** The model's constraints on the operators of Expected. */
    static void checkExpectedConstraints(Constraints constraints, Map<String, ExpectedAttributeValue> expected) {
        if (expected != null) {
            expected.forEach((name, attribute) -> constraints.oneOf(
                    "expected." + name + ".member.comparisonOperator",
                    attribute.comparisonOperator(),
                    Choices.COMPARISON_OPERATOR));
        }
    }

    /** The model's constraints on the actions of AttributeUpdates. */
    static void checkUpdateConstraints(Constraints constraints, Map<String, AttributeValueUpdate> updates) {
        if (updates != null) {
            updates.forEach((name, update) -> constraints.oneOf(
                    "attributeUpdates." + name + ".member.action", update.action(), Choices.ATTRIBUTE_ACTION));
        }
    }

    static BoundCondition expected(
            Map<String, ExpectedAttributeValue> expected,
            String conditionalOperator,
            List<MalformedValue> malformedValues) {
        if (expected == null && conditionalOperator == null) {
            return null;
        }
        ItemValidator.checkWellFormed(malformedValues, "Expected");
        Map<String, ExpectedAttribute> converted = new LinkedHashMap<>();
        if (expected != null) {
            expected.forEach((name, attribute) -> converted.put(
                    name,
                    new ExpectedAttribute(
                            attribute.value(),
                            attribute.exists(),
                            attribute.comparisonOperator(),
                            attribute.attributeValueList())));
        }
        return BoundExpressions.refusing(() -> LegacyConditions.expected(converted, operator(conditionalOperator)));
    }

    /** @param parameter QueryFilter or ScanFilter */
    static BoundCondition filter(
            String parameter,
            Map<String, Condition> filter,
            String conditionalOperator,
            List<MalformedValue> malformedValues) {
        if (filter == null && conditionalOperator == null) {
            return null;
        }
        ItemValidator.checkWellFormed(malformedValues, parameter);
        Map<String, LegacyCondition> converted = filter == null ? Map.of() : conditions(filter);
        return BoundExpressions.refusing(() -> LegacyConditions.filter(converted, operator(conditionalOperator)));
    }

    static BoundUpdate updates(Map<String, AttributeValueUpdate> updates, List<MalformedValue> malformedValues) {
        if (updates == null) {
            return null;
        }
        ItemValidator.checkWellFormed(malformedValues, "AttributeUpdates");
        Map<String, AttributeUpdate> converted = new LinkedHashMap<>();
        updates.forEach((name, update) -> converted.put(
                name,
                new AttributeUpdate(
                        update.action() == null
                                ? AttributeUpdate.Action.PUT
                                : AttributeUpdate.Action.valueOf(update.action()),
                        update.value())));
        return BoundExpressions.refusing(() -> LegacyUpdates.of(converted));
    }

    /** What can be said of KeyConditions before there is a key schema. */
    static void checkKeyConditions(
            Map<String, Condition> keyConditions, String indexName, List<MalformedValue> malformedValues) {
        ItemValidator.checkWellFormed(malformedValues, "KeyConditions");
        BoundExpressions.refusing(() -> LegacyConditions.filter(conditions(keyConditions), null));
        boolean tooMany = indexName == null && keyConditions.size() > MAX_TABLE_KEY_CONDITIONS;
        if (keyConditions.isEmpty() || tooMany) {
            throw DynamoException.validation(ErrorMessages.tooManyKeyConditions());
        }
    }

    /**
     * What KeyConditions ask of keys of that schema.
     *
     * @param indexName null for a table's own key
     */
    static KeyCondition keyCondition(Map<String, Condition> keyConditions, KeySchema schema, String indexName) {
        for (KeyAttribute attribute : schema.partitionKey()) {
            if (!keyConditions.containsKey(attribute.name())) {
                throw DynamoException.validation(ErrorMessages.keyConditionMissing(attribute.name()));
            }
        }
        return BoundExpressions.refusing(
                () -> LegacyConditions.keyConditions(conditions(keyConditions)).forKey(schema, indexName));
    }

    private static Map<String, LegacyCondition> conditions(Map<String, Condition> conditions) {
        Map<String, LegacyCondition> converted = new LinkedHashMap<>();
        conditions.forEach((name, condition) -> converted.put(
                name, new LegacyCondition(condition.comparisonOperator(), condition.attributeValueList())));
        return converted;
    }

    private static LegacyConditions.ConditionalOperator operator(String conditionalOperator) {
        return conditionalOperator == null ? null : LegacyConditions.ConditionalOperator.valueOf(conditionalOperator);
    }
}
