package io.tailrace.engine.expression;

import static io.tailrace.engine.expression.Cases.item;
import static io.tailrace.engine.expression.Cases.list;
import static io.tailrace.engine.expression.Cases.map;
import static io.tailrace.engine.expression.Cases.n;
import static io.tailrace.engine.expression.Cases.s;
import static io.tailrace.engine.expression.Cases.ss;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.engine.expression.LegacyConditions.ConditionalOperator;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Proves that the parameters that came before expressions mean what they meant, and are refused as they were. */
class LegacyTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final Item KEY = item("p", s("k"));

    private static boolean passes(Item item, String operator, AttributeValue... operands) {
        return LegacyConditions.filter(Map.of("a", new LegacyCondition(operator, List.of(operands))), null)
                .test(item);
    }

    private static boolean passes(AttributeValue value, String operator, AttributeValue... operands) {
        return passes(item("a", value), operator, operands);
    }

    @Test
    void operatorsMeanWhatTheirExpressionsMean() {
        assertThat(passes(n(1), "EQ", n("1.0"))).isTrue();
        assertThat(passes(n(1), "NE", n(2))).isTrue();
        assertThat(passes(n(1), "LT", n(2))).isTrue();
        assertThat(passes(n(2), "LE", n(2))).isTrue();
        assertThat(passes(n(2), "GT", n(2))).isFalse();
        assertThat(passes(n(2), "GE", n(2))).isTrue();
        assertThat(passes(n(1), "NOT_NULL")).isTrue();
        assertThat(passes(n(1), "NULL")).isFalse();
        assertThat(passes(s("abc"), "CONTAINS", s("b"))).isTrue();
        assertThat(passes(ss("x"), "NOT_CONTAINS", s("y"))).isTrue();
        assertThat(passes(s("abc"), "BEGINS_WITH", s("ab"))).isTrue();
        assertThat(passes(n(2), "IN", n(1), n(2))).isTrue();
        assertThat(passes(n(2), "BETWEEN", n(1), n(2))).isTrue();
    }

    @Test
    void withoutTheAttributeOnlyNeAndNullHold() {
        assertThat(passes(KEY, "NULL")).isTrue();
        assertThat(passes(KEY, "NE", n(1))).isTrue();
        assertThat(passes(KEY, "NOT_NULL")).isFalse();
        assertThat(passes(KEY, "EQ", n(1))).isFalse();
        assertThat(passes(KEY, "NOT_CONTAINS", n(1))).isFalse();
        assertThat(passes(KEY, "IN", n(1))).isFalse();
    }

    @Test
    void operandsAreChecked() {
        assertFilterRefused("EQ", INVALID + "Invalid number of argument(s) for the EQ ComparisonOperator");
        assertFilterRefused("NULL", INVALID + "Invalid number of argument(s) for the NULL ComparisonOperator", n(1));
        assertFilterRefused("FOO", "Comparison type does not exist in DynamoDB", n(1));
        assertFilterRefused(null, "Comparison type does not exist in DynamoDB", n(1));
        assertFilterRefused("LT", INVALID + "ComparisonOperator LT is not valid for L AttributeValue type", list());
        assertFilterRefused(
                "CONTAINS", INVALID + "ComparisonOperator CONTAINS is not valid for SS AttributeValue type", ss("x"));
        assertFilterRefused(
                "IN", INVALID + "AttributeValues inside AttributeValueList must be of same type", n(1), s("x"));
        assertFilterRefused(
                "BETWEEN",
                "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound",
                n(2),
                n(1));
    }

    private static void assertFilterRefused(String operator, String message, AttributeValue... operands) {
        assertThatThrownBy(() -> passes(KEY, operator, operands))
                .isInstanceOf(ExpressionException.class)
                .hasMessage(message);
    }

    @Test
    void conditionsAreJoined() {
        Map<String, LegacyCondition> two =
                Map.of("a", new LegacyCondition("EQ", List.of(n(1))), "b", new LegacyCondition("EQ", List.of(n(2))));
        Item one = item("a", n(1));
        assertThat(LegacyConditions.filter(two, null).test(one)).isFalse();
        assertThat(LegacyConditions.filter(two, ConditionalOperator.AND).test(one))
                .isFalse();
        assertThat(LegacyConditions.filter(two, ConditionalOperator.OR).test(one))
                .isTrue();
        assertThat(LegacyConditions.filter(Map.of(), null).test(one)).isTrue();
        assertThatThrownBy(() -> LegacyConditions.filter(Map.of(), ConditionalOperator.AND))
                .hasMessage("ConditionalOperator cannot be used without Filter or Expected");
        assertThatThrownBy(() -> LegacyConditions.expected(
                        Map.of("a", new ExpectedAttribute(n(1), null, null, null)), ConditionalOperator.OR))
                .hasMessage("ConditionalOperator can only be used when Filter or Expected has two or more elements");
    }

    @Test
    void expectedComparesOrAsksForExistence() {
        Item one = item("a", n(1));
        assertThat(expected(new ExpectedAttribute(n(1), null, null, null)).test(one))
                .isTrue();
        assertThat(expected(new ExpectedAttribute(n(1), true, null, null)).test(KEY))
                .isFalse();
        assertThat(expected(new ExpectedAttribute(null, false, null, null)).test(KEY))
                .isTrue();
        assertThat(expected(new ExpectedAttribute(null, false, null, null)).test(null))
                .isTrue();
        assertThat(expected(new ExpectedAttribute(null, null, "GT", List.of(n(0))))
                        .test(one))
                .isTrue();
        assertThat(expected(new ExpectedAttribute(n(0), null, "GT", null)).test(one))
                .isTrue();
        assertThat(expected(new ExpectedAttribute(null, null, "NULL", null)).test(one))
                .isFalse();
    }

    @Test
    void partsOfExpectedThatDoNotGoTogetherAreRefused() {
        assertExpectedRefused(null, null, null, null, "Value must be provided when Exists is null");
        assertExpectedRefused(null, true, null, null, "Value must be provided when Exists is true");
        assertExpectedRefused(n(1), false, null, null, "Value cannot be used when Exists is false");
        assertExpectedRefused(
                null, null, null, List.of(n(1)), "AttributeValueList can only be used with a ComparisonOperator");
        assertExpectedRefused(n(1), null, "EQ", List.of(n(1)), "Value and AttributeValueList cannot be used together");
        assertExpectedRefused(null, true, "EQ", List.of(n(1)), "Exists and ComparisonOperator cannot be used together");
        assertExpectedRefused(
                null, null, "EQ", null, "Value or AttributeValueList must be used with ComparisonOperator: EQ");
    }

    private static void assertExpectedRefused(
            AttributeValue value, Boolean exists, String operator, List<AttributeValue> list, String message) {
        assertThatThrownBy(() -> expected(new ExpectedAttribute(value, exists, operator, list)))
                .isInstanceOf(ExpressionException.class)
                .hasMessage(INVALID + message + " for Attribute: a");
    }

    private static BoundCondition expected(ExpectedAttribute attribute) {
        return LegacyConditions.expected(Map.of("a", attribute), null);
    }

    @Test
    void keyConditionsAreHeldAgainstTheKey() {
        KeySchema schema =
                KeySchema.composite(new KeyAttribute("p", AttributeType.S), new KeyAttribute("s", AttributeType.N));
        LegacyCondition partition = new LegacyCondition("EQ", List.of(s("x")));
        KeyCondition condition = LegacyConditions.keyConditions(
                        Map.of("p", partition, "s", new LegacyCondition("BETWEEN", List.of(n(1), n(2)))))
                .forKey(schema);
        assertThat(condition.equalities()).isEqualTo(item("p", s("x")));
        assertThat(condition.range().orElseThrow().operator()).isEqualTo(SortRange.Operator.BETWEEN);
        assertThatThrownBy(() -> LegacyConditions.keyConditions(
                        Map.of("p", partition, "s", new LegacyCondition("IN", List.of(n(1))))))
                .hasMessage("Attempted conditional constraint is not an indexable operation");
        assertThatThrownBy(() -> LegacyConditions.keyConditions(Map.of("s", new LegacyCondition("EQ", List.of(n(1)))))
                        .forKey(schema))
                .hasMessage("Query condition missed key schema element: p");
    }

    private static UpdateResult update(Item before, AttributeUpdate.Action action, AttributeValue value) {
        return LegacyUpdates.of(Map.of("a", new AttributeUpdate(action, value))).apply(before, KEY);
    }

    private static AttributeValue a(AttributeValue before, AttributeUpdate.Action action, AttributeValue value) {
        return update(before == null ? KEY : KEY.with("a", before), action, value)
                .newItem()
                .get("a");
    }

    @Test
    void putAddAndDelete() {
        assertThat(a(n(1), null, n(2))).isEqualTo(n(2));
        assertThat(a(null, AttributeUpdate.Action.PUT, s("x"))).isEqualTo(s("x"));
        assertThat(a(n(1), AttributeUpdate.Action.ADD, n(2))).isEqualTo(n(3));
        assertThat(a(null, AttributeUpdate.Action.ADD, n(2))).isEqualTo(n(2));
        assertThat(a(ss("y"), AttributeUpdate.Action.ADD, ss("x"))).isEqualTo(ss("x", "y"));
        assertThat(a(list(n(1)), AttributeUpdate.Action.ADD, list(n(2)))).isEqualTo(list(n(1), n(2)));
        assertThat(a(null, AttributeUpdate.Action.ADD, list(n(2)))).isEqualTo(list(n(2)));
        assertThat(a(n(1), AttributeUpdate.Action.DELETE, null)).isNull();
        assertThat(a(ss("x", "y"), AttributeUpdate.Action.DELETE, ss("x"))).isEqualTo(ss("y"));
        assertThat(a(ss("x"), AttributeUpdate.Action.DELETE, ss("x"))).isNull();
        assertThat(a(null, AttributeUpdate.Action.DELETE, ss("x"))).isNull();
    }

    @Test
    void updatesThatDoNotFitAreRefused() {
        assertUpdateRefused(
                n(1), null, null, INVALID + "Only DELETE action is allowed when no attribute value is" + " specified");
        assertUpdateRefused(
                null, AttributeUpdate.Action.ADD, s("x"), INVALID + "ADD action is not supported for the type STRING");
        assertUpdateRefused(
                null, AttributeUpdate.Action.ADD, map(), INVALID + "ADD action is not supported for the type MAP");
        assertUpdateRefused(
                n(1),
                AttributeUpdate.Action.DELETE,
                n(1),
                INVALID + "DELETE action with value is not supported for the type NUMBER");
        for (AttributeValue other : new AttributeValue[] {s("x"), ss("x")}) {
            assertUpdateRefused(other, AttributeUpdate.Action.ADD, n(1), "Type mismatch for attribute to update");
        }
        assertUpdateRefused(n(1), AttributeUpdate.Action.DELETE, ss("x"), "Type mismatch for attribute to update");
    }

    private static void assertUpdateRefused(
            AttributeValue before, AttributeUpdate.Action action, AttributeValue value, String message) {
        assertThatThrownBy(() -> a(before, action, value))
                .isInstanceOf(ExpressionException.class)
                .hasMessage(message);
    }

    @Test
    void noUpdatesMakeAnItemOfTheKey() {
        UpdateResult result = LegacyUpdates.of(Map.of()).apply(null, KEY);
        assertThat(result.storesItem()).isTrue();
        assertThat(result.newItem()).isEqualTo(KEY);
        assertThat(update(null, AttributeUpdate.Action.DELETE, null).storesItem())
                .isFalse();
    }
}
