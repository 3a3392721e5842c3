package io.tailrace.engine.expression;

import static io.tailrace.engine.expression.Cases.b;
import static io.tailrace.engine.expression.Cases.bs;
import static io.tailrace.engine.expression.Cases.item;
import static io.tailrace.engine.expression.Cases.list;
import static io.tailrace.engine.expression.Cases.map;
import static io.tailrace.engine.expression.Cases.n;
import static io.tailrace.engine.expression.Cases.ns;
import static io.tailrace.engine.expression.Cases.s;
import static io.tailrace.engine.expression.Cases.ss;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Proves what conditions are true of: comparisons by type, missing operands, and each function. */
class ConditionEvaluationTest {
    /** One value of each type, by an attribute of the type's name. */
    private static final Item ALL_TYPES = item(
            "vS",
            s("x"),
            "vN",
            n(1),
            "vB",
            b('x'),
            "vBOOL",
            Cases.TRUE,
            "vNULL",
            Cases.NULL,
            "vL",
            list(n(1), s("x")),
            "vM",
            map("k", n(1)),
            "vSS",
            ss("x", "y"),
            "vNS",
            ns("1", "2"),
            "vBS",
            bs(b('x'), b('y')));

    private static boolean test(String text, Item item, Object... placeholdersAndValues) {
        Map<String, AttributeValue> values =
                new LinkedHashMap<>(item(placeholdersAndValues).attributes());
        ExpressionAttributes attributes = ExpressionAttributes.of(null, values.isEmpty() ? null : values);
        return ConditionExpression.parse(ExpressionKind.CONDITION, text)
                .bind(attributes)
                .test(item);
    }

    @Test
    void onlyValuesOfOneTypeAreEqual() {
        for (String left : ALL_TYPES.names()) {
            for (String right : ALL_TYPES.names()) {
                if (!left.equals(right)) {
                    assertThat(test(left + " = " + right, ALL_TYPES))
                            .as(left + right)
                            .isFalse();
                    assertThat(test(left + " <> " + right, ALL_TYPES))
                            .as(left + right)
                            .isTrue();
                    assertThat(test(left + " <= " + right, ALL_TYPES))
                            .as(left + right)
                            .isFalse();
                }
            }
            AttributeValue same = ALL_TYPES.get(left);
            assertThat(test(left + " = :v", ALL_TYPES, ":v", same)).isTrue();
            assertThat(test(left + " <> :v", ALL_TYPES, ":v", same)).isFalse();
            assertThat(test(left + " IN (:v)", ALL_TYPES, ":v", same)).isTrue();
        }
    }

    @Test
    void onlyStringsNumbersAndBinariesHaveAnOrder() {
        for (String name : ALL_TYPES.names()) {
            Item twice = ALL_TYPES.with("same", ALL_TYPES.get(name));
            boolean ordered = name.equals("vS") || name.equals("vN") || name.equals("vB");
            assertThat(test(name + " <= same", twice)).as(name).isEqualTo(ordered);
            assertThat(test("same BETWEEN " + name + " AND vX", twice.with("vX", twice.get(name))))
                    .as(name)
                    .isEqualTo(ordered);
            assertThat(test(name + " < same", twice)).isFalse();
        }
    }

    @Test
    void numbersCompareByValueStringsByUtf8() {
        assertThat(test("a < :v", item("a", n("9")), ":v", n("10"))).isTrue();
        assertThat(test("a < :v", item("a", s("9")), ":v", s("10"))).isFalse();
        assertThat(test("a = :v", item("a", n("1.0")), ":v", n("1e0"))).isTrue();
        assertThat(test("a < :v", item("a", s("\uffff")), ":v", s("\ud800\udc00")))
                .isTrue();
        assertThat(test("a > :v", item("a", b(0x80)), ":v", b(0x7f, 1))).isTrue();
        assertThat(test("a < :v", item("a", s("ab")), ":v", s("abc"))).isTrue();
    }

    @Test
    void setsAndMapsCompareWithoutOrderListsWith() {
        assertThat(test("a = :v", item("a", ns("1", "2.0")), ":v", ns("2", "1")))
                .isTrue();
        assertThat(test("a = :v", item("a", map("x", n(1), "y", n(2))), ":v", map("y", n(2), "x", n("1.0"))))
                .isTrue();
        assertThat(test("a = :v", item("a", list(n(1), n(2))), ":v", list(n(2), n(1))))
                .isFalse();
    }

    @Test
    void aMissingOperandMakesAllFalseButNotEqual() {
        Item none = Item.EMPTY;
        assertThat(test("a = b", none)).isFalse();
        assertThat(test("a <> b", none)).isTrue();
        assertThat(test("a <> :v", none, ":v", n(1))).isTrue();
        assertThat(test("a < :v", none, ":v", n(1))).isFalse();
        assertThat(test("NOT a < :v", none, ":v", n(1))).isTrue();
        assertThat(test("a IN (b)", none)).isFalse();
        assertThat(test("a BETWEEN b AND c", none)).isFalse();
        assertThat(test("contains(a, b)", none)).isFalse();
        assertThat(test("begins_with(a, b)", none)).isFalse();
        assertThat(test("size(a) <> :v", none, ":v", n(1))).isTrue();
        assertThat(test("size(a) = size(b)", none)).isFalse();
        assertThat(test("a.b <> :v", item("a", n(1)), ":v", n(1))).isTrue();
    }

    @Test
    void noItemIsAnItemWithoutAttributes() {
        BoundCondition condition = ConditionExpression.parse(ExpressionKind.CONDITION, "attribute_not_exists(p)")
                .bind(ExpressionAttributes.none());
        assertThat(condition.test(null)).isTrue();
        assertThat(condition.test(item("p", s("k")))).isFalse();
    }

    @Test
    void existenceIsOfPaths() {
        Item item = item("a", map("l", list(n(1), Cases.NULL)), "n", n(1));
        assertThat(test("attribute_exists(a.l[1])", item)).isTrue();
        assertThat(test("attribute_exists(a.l[2])", item)).isFalse();
        assertThat(test("attribute_exists(a[0])", item)).isFalse();
        assertThat(test("attribute_exists(a.l.x)", item)).isFalse();
        assertThat(test("attribute_not_exists(n.x)", item)).isTrue();
    }

    @Test
    void attributeTypeComparesTypeNames() {
        for (String name : ALL_TYPES.names()) {
            assertThat(test("attribute_type(" + name + ", :t)", ALL_TYPES, ":t", s(name.substring(1))))
                    .isTrue();
            assertThat(test("attribute_type(" + name + ", :t)", ALL_TYPES, ":t", s(name.equals("vS") ? "N" : "S")))
                    .isFalse();
        }
        assertThat(test("attribute_type(x, :t)", ALL_TYPES, ":t", s("S"))).isFalse();
    }

    @Test
    void sizeIsLengthOrNumberOfElements() {
        Map<String, Integer> sizes = Map.of("vS", 1, "vB", 1, "vL", 2, "vM", 1, "vSS", 2, "vNS", 2, "vBS", 2);
        for (String name : ALL_TYPES.names()) {
            Integer size = sizes.get(name);
            assertThat(test("size(" + name + ") = :v", ALL_TYPES, ":v", n(size == null ? 1 : size)))
                    .as(name)
                    .isEqualTo(size != null);
        }
        assertThat(test("size(vL) BETWEEN :one AND :two", ALL_TYPES, ":one", n(1), ":two", n(2)))
                .isTrue();
        assertThat(test("size(vL) IN (:v)", ALL_TYPES, ":v", s("2"))).isFalse();
        assertThat(test("size(a) = :v", item("a", s("日本")), ":v", n(2))).isTrue();
    }

    @Test
    void beginsWithIsForStringsAndBinaries() {
        assertThat(test("begins_with(a, :v)", item("a", s("abc")), ":v", s("ab")))
                .isTrue();
        assertThat(test("begins_with(a, :v)", item("a", s("abc")), ":v", s("b")))
                .isFalse();
        assertThat(test("begins_with(a, :v)", item("a", s("abc")), ":v", s(""))).isTrue();
        assertThat(test("begins_with(a, :v)", item("a", b(1, 2, 3)), ":v", b(1, 2)))
                .isTrue();
        assertThat(test("begins_with(a, :v)", item("a", s("abc")), ":v", b('a')))
                .isFalse();
        assertThat(test("begins_with(a, :v)", item("a", n(12)), ":v", s("1"))).isFalse();
    }

    @Test
    void containsIsForPartsAndElements() {
        assertThat(test("contains(a, :v)", item("a", s("abc")), ":v", s("bc"))).isTrue();
        assertThat(test("contains(a, :v)", item("a", b(1, 2, 3)), ":v", b(2, 3)))
                .isTrue();
        assertThat(test("contains(a, :v)", item("a", ss("abc")), ":v", s("ab"))).isFalse();
        assertThat(test("contains(a, :v)", item("a", ns("1", "2")), ":v", n("2.0")))
                .isTrue();
        assertThat(test("contains(a, :v)", item("a", bs(b(1))), ":v", b(1))).isTrue();
        assertThat(test("contains(a, :v)", item("a", list(list(n(1)), ss("a", "b"))), ":v", list(n("1.0"))))
                .isTrue();
        assertThat(test("contains(a, :v)", item("a", list(list(n(1)), ss("a", "b"))), ":v", ss("b", "a")))
                .isTrue();
        assertThat(test("contains(a, :v)", item("a", list(Cases.TRUE)), ":v", Cases.TRUE))
                .isTrue();
        assertThat(test("contains(a, :v)", item("a", map("k", n(1))), ":v", s("k")))
                .isFalse();
        assertThat(test("contains(a, :v)", item("a", n(12)), ":v", n(1))).isFalse();
        assertThat(test("contains(a, size(b))", item("a", ns("1"), "b", s("y"))))
                .isTrue();
        assertThat(test("contains(:v, a)", item("a", s("y")), ":v", s("xyz"))).isTrue();
    }

    @Test
    void betweenIncludesItsBoundsAndNeedsOneType() {
        assertThat(test("a BETWEEN :l AND :h", item("a", n(1)), ":l", n(1), ":h", n(5)))
                .isTrue();
        assertThat(test("a BETWEEN :l AND :h", item("a", n(5)), ":l", n(1), ":h", n(5)))
                .isTrue();
        assertThat(test("a BETWEEN :l AND :h", item("a", n(6)), ":l", n(1), ":h", n(5)))
                .isFalse();
        assertThat(test("a BETWEEN b AND :h", item("a", n(3), "b", s("1")), ":h", n(5)))
                .isFalse();
        assertThat(test("a BETWEEN b AND c", item("a", n(5), "b", n(9), "c", n(1))))
                .isFalse();
    }

    @Test
    void inComparesWithEveryCandidate() {
        assertThat(test("a IN (:x, :y)", item("a", n(5)), ":x", s("x"), ":y", n("5.0")))
                .isTrue();
        assertThat(test("a IN (:x, b)", item("a", n(5), "b", n(6)), ":x", s("x")))
                .isFalse();
    }
}
