package io.tailrace.engine.expression;

import static io.tailrace.engine.expression.Cases.n;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.schemas.model.AttributeValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Proves that placeholders are checked as DynamoDB does: their form, and that all are defined and all are used. */
class ExpressionAttributesTest {
    private static final Map<String, AttributeValue> V = Map.of(":v", n(1));

    @Test
    void emptyMapsAreRefused() {
        assertRefused(Map.of(), null, "ExpressionAttributeNames must not be empty");
        assertRefused(null, Map.of(), "ExpressionAttributeValues must not be empty");
    }

    @Test
    void malformedPlaceholdersAreRefused() {
        for (String bad : new String[] {"x", "#", "#a-b", "#a.b", "#é", "# a", ""}) {
            assertRefused(
                    Map.of(bad, "a"),
                    V,
                    "ExpressionAttributeNames contains invalid key: Syntax error; key: \"" + bad + "\"");
        }
        assertRefused(
                null, Map.of("v", n(1)), "ExpressionAttributeValues contains invalid key: Syntax error; key: \"v\"");
        assertThatCode(() -> ExpressionAttributes.of(Map.of("#1", "a", "#_b", "b"), V))
                .doesNotThrowAnyException();
    }

    @Test
    void placeholdersHaveAtMost255Characters() {
        assertThatCode(() -> ExpressionAttributes.of(Map.of("#" + "a".repeat(254), "a"), null))
                .doesNotThrowAnyException();
        assertRefused(
                Map.of("#" + "a".repeat(255), "a"),
                null,
                "ExpressionAttributeNames contains invalid key: The expression attribute map contains a key that is too"
                        + " long; size of key: 256");
        assertRefused(
                null,
                Map.of(":" + "a".repeat(255), n(1)),
                "ExpressionAttributeValues contains invalid key: The expression attribute map contains a key that is"
                        + " too long;");
    }

    @Test
    void namesAreNotEmptyAndHaveAtMost65535Bytes() {
        assertRefused(
                Map.of("#a", ""),
                null,
                "ExpressionAttributeNames contains invalid value: Empty attribute name for key #a");
        assertThatCode(() -> ExpressionAttributes.of(Map.of("#a", "b".repeat(65_535)), null))
                .doesNotThrowAnyException();
        assertRefused(
                Map.of("#a", "b".repeat(65_536)),
                null,
                "ExpressionAttributeNames contains invalid value: Attribute name is too large, must be less than 65536"
                        + " bytes for key #a");
    }

    @Test
    void undefinedPlaceholdersAreNamed() {
        ExpressionAttributes none = ExpressionAttributes.none();
        assertThatThrownBy(() -> UpdateExpression.parse("SET a = :x").bind(none))
                .hasMessage("Invalid UpdateExpression: An expression attribute value used in expression is not defined;"
                        + " attribute value: :x");
        assertThatThrownBy(() -> ProjectionExpression.parse("a.#n").bind(none))
                .hasMessage("Invalid ProjectionExpression: An expression attribute name used in the document path is"
                        + " not defined; attribute name: #n");
        assertThatThrownBy(() -> KeyConditionExpression.parse("p = :p").bind(none))
                .hasMessage("Invalid KeyConditionExpression: An expression attribute value used in expression is not"
                        + " defined; attribute value: :p");
        assertThatThrownBy(() -> ConditionExpression.parse(ExpressionKind.FILTER, "a = :zz AND #n = :v")
                        .bind(none))
                .hasMessage("Invalid FilterExpression: An expression attribute value used in expression is not defined;"
                        + " attribute value: :zz");
    }

    @Test
    void unusedPlaceholdersAreNamedNamesFirst() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("#x", "b");
        names.put("#y", "c");
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        values.put(":v", n(1));
        values.put(":b", n(1));
        values.put(":c", n(1));
        ExpressionAttributes attributes = ExpressionAttributes.of(names, values);
        bindCondition("a = :v", attributes);
        assertThatThrownBy(attributes::assertAllUsed)
                .hasMessage("Value provided in ExpressionAttributeNames unused in expressions: keys: {#x, #y}");
        bindCondition("#x = #y", attributes);
        assertThatThrownBy(attributes::assertAllUsed)
                .hasMessage("Value provided in ExpressionAttributeValues unused in expressions: keys: {:b, :c}");
    }

    @Test
    void useByAnyExpressionOfTheRequestCounts() {
        ExpressionAttributes attributes = ExpressionAttributes.of(Map.of("#n", "n"), Map.of(":v", n(1), ":w", n(2)));
        UpdateExpression.parse("SET a = :v").bind(attributes);
        bindCondition("#n = :w", attributes);
        assertThatCode(attributes::assertAllUsed).doesNotThrowAnyException();
    }

    private static void bindCondition(String text, ExpressionAttributes attributes) {
        ConditionExpression.parse(ExpressionKind.CONDITION, text).bind(attributes);
    }

    private static void assertRefused(Map<String, String> names, Map<String, AttributeValue> values, String message) {
        assertThatThrownBy(() -> ExpressionAttributes.of(names, values))
                .isInstanceOf(ExpressionException.class)
                .hasMessage(message);
    }
}
