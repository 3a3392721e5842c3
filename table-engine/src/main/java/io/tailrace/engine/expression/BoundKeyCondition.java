package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Binary;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A key condition with its names and values, not yet held against a key schema. Source: Developer Guide, "Key condition
 * expressions for the Query operation"; for keys of several attributes "Multi-attribute keys pattern".
 */
public final class BoundKeyCondition {
    private static final int MOST_CONDITIONS_ON_SIMPLE_KEYS = 2;

    private final Condition tree;

    private BoundKeyCondition(Condition tree) {
        this.tree = tree;
    }

    /** The key condition of a tree without placeholders. */
    static BoundKeyCondition of(Condition boundTree) {
        return new BoundKeyCondition(boundTree);
    }

    /** The tree, without placeholders. */
    public Condition tree() {
        return tree;
    }

    /**
     * How many attributes have a condition.
     *
     * @throws ExpressionException when it is no condition that keys of any schema can be found by, with DynamoDB's message
     */
    public int conditionCount() {
        return KeyPredicates.of(tree).size();
    }

    /**
     * What the condition asks of keys of that schema.
     *
     * @throws ExpressionException when it is no condition that keys of the schema can be found by, with DynamoDB's
     *     message
     */
    public KeyCondition forKey(KeySchema schema) {
        return forKey(schema, null);
    }

    /**
     * What the condition asks of keys of an index.
     *
     * @param indexName for messages; null for a table's own key
     * @throws ExpressionException when it is no condition that keys of the schema can be found by, with DynamoDB's
     *     message
     */
    public KeyCondition forKey(KeySchema schema, String indexName) {
        List<KeyPredicate> predicates = KeyPredicates.of(tree);
        Map<String, KeyPredicate> byName =
                predicates.stream().collect(Collectors.toMap(KeyPredicate::attributeName, Function.identity()));
        if (schema.attributes().size() <= MOST_CONDITIONS_ON_SIMPLE_KEYS
                && predicates.size() > MOST_CONDITIONS_ON_SIMPLE_KEYS) {
            throw new ExpressionException("The number of query conditions (" + predicates.size()
                    + ") exceeds the number of key attributes defined in the schema ("
                    + schema.attributes().size() + ")");
        }
        checkPartitionKey(schema, indexName, byName);
        checkOnlyKeys(schema, predicates, byName);
        checkSortKey(schema, indexName, byName);
        return condition(schema, byName);
    }

    private static void checkPartitionKey(KeySchema schema, String indexName, Map<String, KeyPredicate> byName) {
        for (KeyAttribute attribute : schema.partitionKey()) {
            if (!byName.containsKey(attribute.name())) {
                throw missed(attribute);
            }
        }
        if (schema.sortKey().isEmpty() && byName.size() > schema.partitionKey().size()) {
            throw notSupported();
        }
        for (KeyAttribute attribute : schema.partitionKey()) {
            KeyPredicate predicate = byName.get(attribute.name());
            checkTypes(attribute, predicate);
            if (predicate.operator() != KeyPredicate.Operator.EQ) {
                throw notSupported();
            }
            checkNotEmpty(attribute, indexName, predicate);
        }
    }

    private static void checkOnlyKeys(
            KeySchema schema, List<KeyPredicate> predicates, Map<String, KeyPredicate> byName) {
        boolean others = predicates.stream().anyMatch(predicate -> !schema.contains(predicate.attributeName()));
        if (others) {
            for (KeyAttribute attribute : schema.sortKey()) {
                if (!byName.containsKey(attribute.name())) {
                    throw missed(attribute);
                }
            }
            throw notSupported();
        }
    }

    /** Equalities without a gap; only the last attribute named may have a range. */
    private static void checkSortKey(KeySchema schema, String indexName, Map<String, KeyPredicate> byName) {
        List<String> withoutEquality = new ArrayList<>();
        for (KeyAttribute attribute : schema.sortKey()) {
            KeyPredicate predicate = byName.get(attribute.name());
            if (predicate != null && !withoutEquality.isEmpty()) {
                throw new ExpressionException("RANGE key attributes " + String.join(", ", withoutEquality)
                        + " must have equality conditions specified in the query because a condition is present on key"
                        + " attribute " + attribute.name());
            }
            if (predicate == null || predicate.operator() != KeyPredicate.Operator.EQ) {
                withoutEquality.add(attribute.name());
            }
        }
        for (KeyAttribute attribute : schema.sortKey()) {
            KeyPredicate predicate = byName.get(attribute.name());
            if (predicate != null) {
                checkTypes(attribute, predicate);
                checkNotEmpty(attribute, indexName, predicate);
            }
        }
    }

    private static void checkTypes(KeyAttribute attribute, KeyPredicate predicate) {
        for (AttributeValue value : predicate.values()) {
            if (value.type() != attribute.type()) {
                throw new ExpressionException(
                        "One or more parameter values were invalid: Condition parameter type does not match schema"
                                + " type");
            }
        }
    }

    private static void checkNotEmpty(KeyAttribute attribute, String indexName, KeyPredicate predicate) {
        for (AttributeValue value : predicate.values()) {
            if (value instanceof AttributeValue.S text && text.value().isEmpty()) {
                throw empty("string", attribute, indexName);
            }
            if (value instanceof AttributeValue.B bytes && bytes.value().equals(Binary.EMPTY)) {
                throw empty("binary", attribute, indexName);
            }
        }
    }

    private static KeyCondition condition(KeySchema schema, Map<String, KeyPredicate> byName) {
        List<AttributeValue> partitionKey = new ArrayList<>();
        for (KeyAttribute attribute : schema.partitionKey()) {
            partitionKey.add(byName.get(attribute.name()).values().get(0));
        }
        List<AttributeValue> equalities = new ArrayList<>();
        SortRange range = null;
        for (KeyAttribute attribute : schema.sortKey()) {
            KeyPredicate predicate = byName.get(attribute.name());
            if (predicate == null) {
                break;
            }
            if (predicate.operator() == KeyPredicate.Operator.EQ) {
                equalities.add(predicate.values().get(0));
            } else {
                range = range(attribute, predicate);
            }
        }
        return new KeyCondition(schema, partitionKey, equalities, Optional.ofNullable(range));
    }

    private static SortRange range(KeyAttribute attribute, KeyPredicate predicate) {
        AttributeValue upper = predicate.operator() == KeyPredicate.Operator.BETWEEN
                ? predicate.values().get(1)
                : null;
        SortRange.Operator operator = switch (predicate.operator()) {
            case LT -> SortRange.Operator.LT;
            case LE -> SortRange.Operator.LE;
            case GT -> SortRange.Operator.GT;
            case GE -> SortRange.Operator.GE;
            case BETWEEN -> SortRange.Operator.BETWEEN;
            case BEGINS_WITH -> SortRange.Operator.BEGINS_WITH;
            case EQ -> throw new IllegalStateException("no range");
        };
        return new SortRange(attribute, operator, predicate.values().get(0), upper);
    }

    private static ExpressionException missed(KeyAttribute attribute) {
        return new ExpressionException("Query condition missed key schema element: " + attribute.name());
    }

    private static ExpressionException notSupported() {
        return new ExpressionException("Query key condition not supported");
    }

    private static ExpressionException empty(String type, KeyAttribute attribute, String indexName) {
        String empty = "The AttributeValue for a key attribute cannot contain an empty " + type + " value. ";
        return new ExpressionException("One or more parameter values are not valid. "
                + (indexName == null
                        ? empty + "Key: " + attribute.name()
                        : "A value specified for a secondary index key is not supported. " + empty + "IndexName: "
                                + indexName + ", IndexKey: " + attribute.name()));
    }
}
