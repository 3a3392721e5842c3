package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorMessages;
import io.tailrace.engine.limits.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Checks the constraints that the service's model puts on members (required, length, range, enumeration) and reports all
 * violations in one message, in the order in which they were found and ten at most. Absent members satisfy everything but
 * {@link #required}.
 */
public final class Constraints {
    private static final int MAX_REPORTED = 10;
    private static final String NAME_PATTERN = "[a-zA-Z0-9_.-]+";

    private final List<String> violations = new ArrayList<>();

    public Constraints required(String path, Object value) {
        return check(value != null, path, value, "Member must not be null");
    }

    Constraints oneOf(String path, String value, Choices choices) {
        return oneOf(path, value, choices.texts());
    }

    /** @param values in the order in which the service lists them */
    public Constraints oneOf(String path, String value, List<String> values) {
        return value == null || values.contains(value)
                ? this
                : check(false, path, value, "Member must satisfy enum value set: " + values);
    }

    public Constraints atLeast(String path, Number value, long minimum) {
        return value == null || value.longValue() >= minimum
                ? this
                : check(false, path, value, "Member must have value greater than or equal to " + minimum);
    }

    Constraints atMost(String path, Number value, long maximum) {
        return value == null || value.longValue() <= maximum
                ? this
                : check(false, path, value, "Member must have value less than or equal to " + maximum);
    }

    public Constraints lengthAtLeast(String path, Object value, int minimum) {
        return value == null || length(value) >= minimum
                ? this
                : check(false, path, value, "Member must have length greater than or equal to " + minimum);
    }

    public Constraints lengthAtMost(String path, Object value, int maximum) {
        return value == null || length(value) <= maximum
                ? this
                : check(false, path, value, "Member must have length less than or equal to " + maximum);
    }

    /** A table's name or ARN, required. */
    Constraints tableName(String path, String value) {
        required(path, value);
        if (value != null && TableReference.isWellFormedArn(value)) {
            return lengthAtMost(path, value, Limits.MAX_TABLE_ARN_LENGTH);
        }
        return name(path, value);
    }

    /** The actions of a transaction. Too many are not shown. */
    Constraints transactItems(List<?> value) {
        return required("transactItems", value)
                .lengthAtLeast("transactItems", value, 1)
                .checkNamed(
                        value == null || value.size() <= Limits.MAX_TRANSACTION_ACTIONS,
                        "TransactItems",
                        "Member must have length less than or equal to " + Limits.MAX_TRANSACTION_ACTIONS);
    }

    /** The name of a table or an index. */
    public Constraints name(String path, String value) {
        return namePattern(path, value)
                .lengthAtLeast(path, value, Limits.MIN_NAME_LENGTH)
                .lengthAtMost(path, value, Limits.MAX_NAME_LENGTH);
    }

    /** What a name consists of. */
    Constraints namePattern(String path, String value) {
        return check(
                value == null || isName(value),
                path,
                value,
                "Member must satisfy regular expression pattern: " + NAME_PATTERN);
    }

    /**
     * The names of tables that are keys of a map.
     *
     * @param shown the map as the violation shows it
     */
    Constraints tableNameKeys(String path, Set<String> names, Supplier<String> shown) {
        for (String name : names) {
            boolean wellFormed =
                    name.length() >= Limits.MIN_NAME_LENGTH && name.length() <= Limits.MAX_NAME_LENGTH && isName(name);
            if (!wellFormed && !TableReference.isWellFormedArn(name)) {
                checkWorded(
                        false,
                        ErrorMessages.constraintViolation(
                                "'" + shown.get() + "'",
                                path,
                                "Map keys must satisfy constraint: [Member must have length less than or equal to "
                                        + Limits.MAX_NAME_LENGTH
                                        + ", Member must have length greater than or equal to "
                                        + Limits.MIN_NAME_LENGTH
                                        + ", Member must satisfy regular expression pattern: "
                                        + NAME_PATTERN
                                        + "]"));
            }
        }
        return this;
    }

    /** That no list among the values of a map is empty. */
    Constraints noneEmpty(
            String path, Map<String, ? extends Collection<?>> value, int maximum, Supplier<String> shown) {
        if (value.values().stream().anyMatch(element -> element != null && element.isEmpty())) {
            checkWorded(
                    false,
                    ErrorMessages.constraintViolation(
                            "'" + shown.get() + "'",
                            path,
                            "Map value must satisfy constraint: [Member must have length less than or equal to "
                                    + maximum + ", Member must have length greater than or equal to 1]"));
        }
        return this;
    }

    /** A constraint of another kind, with its text. */
    Constraints check(boolean satisfied, String path, Object value, String constraint) {
        return satisfied
                ? this
                : checkWorded(false, ErrorMessages.constraintViolation(display(value), path, constraint));
    }

    /** A constraint whose violation DynamoDB words without the value, and the member with its API name. */
    Constraints checkNamed(boolean satisfied, String member, String constraint) {
        return checkWorded(satisfied, ErrorMessages.constraintViolation(member, constraint));
    }

    /** A constraint whose violation has words of its own. */
    Constraints checkWorded(boolean satisfied, String violation) {
        if (!satisfied && violations.size() < MAX_REPORTED) {
            violations.add(violation);
        }
        return this;
    }

    /** Throws when there were violations. */
    public void verify() {
        if (!violations.isEmpty()) {
            throw DynamoException.validation(ErrorMessages.constraintViolations(violations));
        }
    }

    /** Whether it satisfies {@link #NAME_PATTERN}. */
    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '_'
                    || c == '.'
                    || c == '-';
            if (!allowed) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static int length(Object value) {
        if (value instanceof CharSequence text) {
            return text.length();
        }
        return value instanceof Map<?, ?> map ? map.size() : ((Collection<?>) value).size();
    }

    private static String display(Object value) {
        return value == null ? "null" : "'" + text(value) + "'";
    }

    /** As the service writes values: {@code KeySchemaElement(attributeName=a, keyType=HASH)}. */
    private static String text(Object value) {
        if (value instanceof Collection<?> elements) {
            return elements.stream().map(Constraints::text).collect(Collectors.joining(", ", "[", "]"));
        }
        String text = String.valueOf(value);
        if (!(value instanceof Record)) {
            return text;
        }
        int open = text.indexOf('[');
        return text.substring(0, open) + "(" + text.substring(open + 1, text.length() - 1) + ")";
    }
}
