package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.expression.Path;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What Query and Scan check alike. */
final class ReadChecks {
    private static final String ALL_ATTRIBUTES = "ALL_ATTRIBUTES";
    private static final String SPECIFIC_ATTRIBUTES = "SPECIFIC_ATTRIBUTES";
    private static final String ALL_PROJECTED_ATTRIBUTES = "ALL_PROJECTED_ATTRIBUTES";
    private static final String COUNT = "COUNT";

    private ReadChecks() {}

    /** Whether Select goes with the projection and the index. (API Reference, Query, Select.) */
    static void checkSelect(
            String select, String projectionExpression, List<String> attributesToGet, String indexName) {
        if (select == null) {
            return;
        }
        boolean projects = projectionExpression != null || attributesToGet != null;
        if (select.equals(SPECIFIC_ATTRIBUTES)) {
            if (!projects) {
                throw DynamoException.validation(ErrorMessages.specificAttributesMissing());
            }
        } else if (projects) {
            String parameter = projectionExpression == null ? "AttributesToGet" : "ProjectionExpression";
            throw DynamoException.validation(ErrorMessages.projectionWithSelect(parameter, select));
        }
        if (select.equals(ALL_PROJECTED_ATTRIBUTES) && indexName == null) {
            throw DynamoException.validation(ErrorMessages.projectedAttributesWithoutIndex());
        }
    }

    static boolean isCount(String select) {
        return COUNT.equals(select);
    }

    /** Reports the first value of ExclusiveStartKey that the decoder could not read, in the words for start keys. */
    static void checkStartKeyWellFormed(List<MalformedValue> malformedValues) {
        for (MalformedValue malformed : malformedValues) {
            if (malformed.member().equals("ExclusiveStartKey")) {
                throw DynamoException.validation(ErrorMessages.startKeyMalformed(malformed.message()));
            }
        }
    }

    static void checkStartKeySize(ReadTarget target, Item startKey) {
        if (startKey.size() != target.startKeyNames().size()) {
            throw DynamoException.validation(ErrorMessages.startKeyInvalid());
        }
    }

    /** Whether a start key has key attributes of an index, or of the table that is read, each of its type. */
    static void checkStartKeyAttributes(List<KeyAttribute> attributes, Item startKey) {
        for (KeyAttribute attribute : attributes) {
            if (!startKey.has(attribute.name())) {
                throw DynamoException.validation(ErrorMessages.startKeyInvalid());
            }
            KeyValidator.checkKeyAttribute(attribute, startKey);
        }
    }

    static void checkConsistency(ReadTarget target, Boolean consistentRead) {
        if (target.global() && Boolean.TRUE.equals(consistentRead)) {
            throw DynamoException.validation(ErrorMessages.consistentReadOfGlobalIndex());
        }
    }

    /**
     * Whether whole items must be fetched from the table because an index's entries lack what is to be returned; only local
     * indexes do that. (Developer Guide, "Local secondary indexes", reading data.)
     */
    static boolean fetchesWhole(ReadTarget target, String select, ReadProjection projection) {
        if (target.projectsAll()) {
            return false;
        }
        if (ALL_ATTRIBUTES.equals(select)) {
            if (target.global()) {
                throw DynamoException.validation(
                        ErrorMessages.allAttributesOfGlobalIndex(target.index().name()));
            }
            return true;
        }
        Set<String> missing = new TreeSet<>(projection.topLevelNames());
        missing.removeIf(target::projects);
        if (!missing.isEmpty() && target.global()) {
            throw DynamoException.validation(
                    ErrorMessages.notProjected(target.index().name(), missing));
        }
        return !missing.isEmpty();
    }

    /** A filter sees what the index projects, whatever is fetched afterwards. */
    static void checkFilterProjected(ReadTarget target, Collection<Path> filterPaths) {
        if (target.projectsAll()) {
            return;
        }
        Set<String> missing = new TreeSet<>();
        for (Path path : filterPaths) {
            if (!target.projects(path.topLevelName())) {
                missing.add(path.topLevelName());
            }
        }
        if (!missing.isEmpty()) {
            throw DynamoException.validation(
                    ErrorMessages.filterNotProjected(target.index().name(), missing));
        }
    }

    /** The table's part of a start key of an index. */
    static void checkTableKeyOfStartKey(ReadTarget target, Item startKey) {
        try {
            KeyValidator.checkKeyAttributes(target.table().key(), startKey);
        } catch (DynamoException invalid) {
            throw DynamoException.validation(ErrorMessages.startKeyInvalid(invalid.getMessage()));
        }
    }
}
