package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * ExpressionAttributeNames and ExpressionAttributeValues of one request. Bind all expressions of the request against one
 * instance, then call {@link #assertAllUsed()}: every placeholder must be used by one of them. Not for several threads.
 */
public final class ExpressionAttributes {
    private static final String NAMES = "ExpressionAttributeNames";
    private static final String VALUES = "ExpressionAttributeValues";

    private final Map<String, String> names;
    private final Map<String, AttributeValue> values;
    private final Set<String> used = new HashSet<>();

    private ExpressionAttributes(Map<String, String> names, Map<String, AttributeValue> values) {
        this.names = names;
        this.values = values;
    }

    /**
     * @param names from #placeholder to attribute name, or null when the request has none
     * @param values from :placeholder to value, or null when the request has none
     * @throws ExpressionException when a map is empty, or a placeholder or name is malformed
     */
    public static ExpressionAttributes of(Map<String, String> names, Map<String, AttributeValue> values) {
        if (names != null) {
            checkNames(names);
        }
        if (values != null) {
            checkValues(values);
        }
        return new ExpressionAttributes(names == null ? Map.of() : names, values == null ? Map.of() : values);
    }

    /** For a request without placeholders. */
    public static ExpressionAttributes none() {
        return new ExpressionAttributes(Map.of(), Map.of());
    }

    private static void checkNames(Map<String, String> names) {
        if (names.isEmpty()) {
            throw new ExpressionException(NAMES + " must not be empty");
        }
        for (String alias : names.keySet()) {
            if (!Lexer.isPlaceholder('#', alias)) {
                throw invalidKey(NAMES, alias);
            }
            if (alias.length() > ExpressionLimits.MAX_PLACEHOLDER_CHARACTERS) {
                throw new ExpressionException(NAMES
                        + " contains invalid key: The expression attribute map contains a key that is too long; size of"
                        + " key: " + alias.length());
            }
        }
        names.forEach(ExpressionAttributes::checkName);
    }

    private static void checkName(String alias, String name) {
        if (name.isEmpty()) {
            throw new ExpressionException(NAMES + " contains invalid value: Empty attribute name for key " + alias);
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > ExpressionLimits.MAX_ATTRIBUTE_NAME_BYTES) {
            throw new ExpressionException(NAMES
                    + " contains invalid value: Attribute name is too large, must be less than "
                    + (ExpressionLimits.MAX_ATTRIBUTE_NAME_BYTES + 1) + " bytes for key " + alias);
        }
    }

    private static void checkValues(Map<String, AttributeValue> values) {
        if (values.isEmpty()) {
            throw new ExpressionException(VALUES + " must not be empty");
        }
        for (String placeholder : values.keySet()) {
            if (!Lexer.isPlaceholder(':', placeholder)) {
                throw invalidKey(VALUES, placeholder);
            }
            if (placeholder.length() > ExpressionLimits.MAX_PLACEHOLDER_CHARACTERS) {
                throw new ExpressionException(VALUES
                        + " contains invalid key: The expression attribute map contains a key that is too long;");
            }
        }
    }

    private static ExpressionException invalidKey(String map, String key) {
        return new ExpressionException(map + " contains invalid key: Syntax error; key: \"" + key + "\"");
    }

    /** The name behind a #placeholder. */
    String name(ExpressionKind kind, String alias) {
        String name = names.get(alias);
        if (name == null) {
            throw kind.invalid(
                    "An expression attribute name used in the document path is not defined; attribute name: " + alias);
        }
        used.add(alias);
        return name;
    }

    /** The value behind a :placeholder. */
    AttributeValue value(ExpressionKind kind, String placeholder) {
        AttributeValue value = values.get(placeholder);
        if (value == null) {
            throw kind.invalid(
                    "An expression attribute value used in expression is not defined; attribute value: " + placeholder);
        }
        used.add(placeholder);
        return value;
    }

    /** @throws ExpressionException when no expression bound so far uses one of the placeholders */
    public void assertAllUsed() {
        assertUsed(NAMES, names.keySet());
        assertUsed(VALUES, values.keySet());
    }

    private void assertUsed(String map, Set<String> placeholders) {
        if (!used.containsAll(placeholders)) {
            String unused = placeholders.stream()
                    .filter(placeholder -> !used.contains(placeholder))
                    .collect(Collectors.joining(", "));
            throw new ExpressionException(
                    "Value provided in " + map + " unused in expressions: keys: {" + unused + "}");
        }
    }
}
