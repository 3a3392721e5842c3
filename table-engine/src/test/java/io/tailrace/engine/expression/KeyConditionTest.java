package io.tailrace.engine.expression;

import static io.tailrace.engine.expression.Cases.b;
import static io.tailrace.engine.expression.Cases.item;
import static io.tailrace.engine.expression.Cases.n;
import static io.tailrace.engine.expression.Cases.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves what a key condition asks of a key, and which conditions are no key conditions. */
class KeyConditionTest {
    private static final KeyAttribute P = new KeyAttribute("p", AttributeType.S);
    private static final KeyAttribute SORT = new KeyAttribute("s", AttributeType.N);
    private static final KeySchema COMPOSITE = KeySchema.composite(P, SORT);
    private static final KeySchema SIMPLE = KeySchema.simple(P);
    private static final KeySchema STRING_SORT = KeySchema.composite(P, new KeyAttribute("s", AttributeType.S));
    private static final KeySchema MULTI = new KeySchema(
            List.of(P),
            List.of(
                    new KeyAttribute("a", AttributeType.S),
                    new KeyAttribute("b", AttributeType.N),
                    new KeyAttribute("c", AttributeType.N)));

    private static final Map<String, AttributeValue> VALUES =
            Map.of(":p", s("x"), ":a", n(1), ":b", n(2), ":z", s("z"), ":e", s(""), ":bin", b(1), ":bool", Cases.TRUE);

    private static KeyCondition parse(String text, KeySchema schema) {
        ExpressionAttributes attributes = Cases.used(Map.of("#p", "p"), VALUES, text);
        return KeyConditionExpression.parse(text).bind(attributes).forKey(schema);
    }

    @Test
    void thePartitionKeyAlone() {
        KeyCondition condition = parse("#p = :p", COMPOSITE);
        assertThat(condition.partitionKey()).containsExactly(s("x"));
        assertThat(condition.sortEqualities()).isEmpty();
        assertThat(condition.range()).isEmpty();
        assertThat(condition.equalities()).isEqualTo(item("p", s("x")));
    }

    @Test
    void anEqualityOnTheSortKey() {
        KeyCondition condition = parse("s = :a AND p = :p", COMPOSITE);
        assertThat(condition.sortEqualities()).containsExactly(n(1));
        assertThat(condition.range()).isEmpty();
        assertThat(condition.equalities()).isEqualTo(item("p", s("x"), "s", n(1)));
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void aRangeOfTheSortKey(String text, String expected) {
        SortRange range = parse("p = :p AND " + text, COMPOSITE).range().orElseThrow();
        assertThat(range.attribute()).isEqualTo(SORT);
        assertThat(range.operator() + " " + ((AttributeValue.N) range.operand()).value())
                .isEqualTo(expected);
    }

    static Stream<Arguments> ranges() {
        return Cases.table("""
                s < :a                  => LT 1
                s <= :a                 => LE 1
                s > :a                  => GT 1
                s >= :a                 => GE 1
                :a < s                  => GT 1
                :a >= s                 => LE 1
                (s > :a)                => GT 1
                s between :a and :b     => BETWEEN 1
                """);
    }

    @Test
    void betweenAndBeginsWithHaveTheirOperands() {
        SortRange between =
                parse("p = :p AND s BETWEEN :a AND :b", COMPOSITE).range().orElseThrow();
        assertThat(between.operand()).isEqualTo(n(1));
        assertThat(between.upper()).isEqualTo(n(2));
        SortRange prefix =
                parse("p = :p AND begins_with(s, :z)", STRING_SORT).range().orElseThrow();
        assertThat(prefix.operator()).isEqualTo(SortRange.Operator.BEGINS_WITH);
        assertThat(prefix.operand()).isEqualTo(s("z"));
    }

    @Test
    void matchesSaysWhichItemsAreAskedFor() {
        KeyCondition condition = parse("p = :p AND s > :a", COMPOSITE);
        assertThat(condition.matches(item("p", s("x"), "s", n(2)))).isTrue();
        assertThat(condition.matches(item("p", s("x"), "s", n(1)))).isFalse();
        assertThat(condition.matches(item("p", s("y"), "s", n(2)))).isFalse();
        assertThat(condition.matches(item("p", s("x")))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRefused(String text, String message) {
        assertThatThrownBy(() -> parse(text, COMPOSITE))
                .isInstanceOf(ExpressionException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> refusals() {
        return Cases.table("""
                p=:p OR s=:a                    => Invalid operator used in KeyConditionExpression: OR
                NOT p=:p                        => Invalid operator used in KeyConditionExpression: NOT
                p=:p AND s<>:a                  => Invalid operator used in KeyConditionExpression: <>
                p=:p AND s IN (:a)              => Invalid operator used in KeyConditionExpression: IN
                p=:p AND contains(s,:a)         => Invalid operator used in KeyConditionExpression: contains
                p=:p AND attribute_exists(s)    => Invalid operator used in KeyConditionExpression: attribute_exists
                p=:p AND size(s)=:a             => KeyConditionExpressions cannot contain nested operations
                p=:p AND s.a=:a                 => KeyConditionExpressions cannot have conditions on nested attributes
                p[0]=:p                         => KeyConditionExpressions cannot have conditions on nested attributes
                p=s                             => Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition
                :p=:p                           => Invalid condition in KeyConditionExpression: No key attribute specified
                p=:p AND :a BETWEEN s AND :b    => Invalid condition in KeyConditionExpression: BETWEEN operator must have the key attribute as its first operand
                p=:p AND begins_with(:p,s)      => Invalid condition in KeyConditionExpression: begins_with operator must have the key attribute as its first operand
                p=:p AND p=:p                   => Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key
                p=:p AND (s > :a AND s < :b)    => Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key
                p=:p AND s=:a AND x=:a          => The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)
                x=:a                            => Query condition missed key schema element: p
                s=:a                            => Query condition missed key schema element: p
                p=:p AND x=:a                   => Query condition missed key schema element: s
                p<:p                            => Query key condition not supported
                p BETWEEN :p AND :p             => Query key condition not supported
                begins_with(p,:p)               => Query key condition not supported
                p=:a                            => One or more parameter values were invalid: Condition parameter type does not match schema type
                p=:bool                         => One or more parameter values were invalid: Condition parameter type does not match schema type
                p=:p AND s=:p                   => One or more parameter values were invalid: Condition parameter type does not match schema type
                p=:p AND begins_with(s,:p)      => One or more parameter values were invalid: Condition parameter type does not match schema type
                p=:e                            => One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: p
                p=:p AND s BETWEEN :b AND :a    => Invalid KeyConditionExpression: The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}
                status=:p                       => Invalid KeyConditionExpression: Attribute name is a reserved keyword; reserved keyword: status
                """);
    }

    @Test
    void aTableWithoutSortKeyTakesNoSecondCondition() {
        assertThatThrownBy(() -> parse("p=:p AND s=:a", SIMPLE)).hasMessage("Query key condition not supported");
    }

    @Test
    void anEmptySortKeyValueIsRefused() {
        assertThatThrownBy(() -> parse("p=:p AND begins_with(s,:e)", STRING_SORT))
                .hasMessage("One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
                        + " contain an empty string value. Key: s");
    }

    @Test
    void anEmptyKeyValueOfAnIndexIsRefusedWithTheIndex() {
        BoundKeyCondition condition =
                KeyConditionExpression.parse("p=:e").bind(Cases.used(Map.of("#p", "p"), VALUES, "p=:e"));
        assertThatThrownBy(() -> condition.forKey(SIMPLE, "ByP"))
                .hasMessage("One or more parameter values are not valid. A value specified for a secondary index key is"
                        + " not supported. The AttributeValue for a key attribute cannot contain an empty string value."
                        + " IndexName: ByP, IndexKey: p");
    }

    @Test
    void severalSortAttributesTakeEqualitiesThenOneRange() {
        KeyCondition condition = parse("b > :a AND p = :p AND a = :z", MULTI);
        assertThat(condition.sortEqualities()).containsExactly(s("z"));
        assertThat(condition.range().orElseThrow().attribute().name()).isEqualTo("b");
        assertThat(parse("p = :p AND a = :z AND b = :a AND c = :b", MULTI).sortEqualities())
                .containsExactly(s("z"), n(1), n(2));
    }

    @Test
    void aGapOrARangeBeforeTheLastSortAttributeIsRefused() {
        assertThatThrownBy(() -> parse("p = :p AND b = :a", MULTI))
                .hasMessage("RANGE key attributes a must have equality conditions specified in the query because a"
                        + " condition is present on key attribute b");
        assertThatThrownBy(() -> parse("p = :p AND a = :z AND b > :a AND c = :a", MULTI))
                .hasMessage("RANGE key attributes b must have equality conditions specified in the query because a"
                        + " condition is present on key attribute c");
        assertThatThrownBy(() -> parse("p = :p AND c = :a", MULTI))
                .hasMessage("RANGE key attributes a, b must have equality conditions specified in the query because a"
                        + " condition is present on key attribute c");
    }
}
