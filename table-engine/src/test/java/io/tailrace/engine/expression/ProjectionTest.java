package io.tailrace.engine.expression;

import static io.tailrace.engine.expression.Cases.item;
import static io.tailrace.engine.expression.Cases.list;
import static io.tailrace.engine.expression.Cases.map;
import static io.tailrace.engine.expression.Cases.n;
import static io.tailrace.engine.expression.Cases.s;
import static io.tailrace.engine.expression.Cases.ss;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.schemas.model.Item;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves what projections keep of an item, and which paths may not stand together. */
class ProjectionTest {
    private static final Item ITEM = item(
            "p", s("g"),
            "l", list(n(0), n(1), map("x", n(5), "y", list(n(7), n(8))), n(3)),
            "m", map("a", n(1), "b", map("c", n(2), "d", n(3))),
            "s", ss("a"),
            "a.b", n(9));

    private static BoundProjection parse(String text) {
        ExpressionAttributes attributes = Cases.used(Map.of("#m", "m", "#dotted", "a.b", "#a", "a"), Map.of(), text);
        return ProjectionExpression.parse(text).bind(attributes);
    }

    private static Item project(String text) {
        return parse(text).apply(ITEM);
    }

    @Test
    void topLevelAttributes() {
        assertThat(project("p")).isEqualTo(item("p", s("g")));
        assertThat(project("p, s, absent")).isEqualTo(item("p", s("g"), "s", ss("a")));
        assertThat(project("absent")).isEqualTo(Item.EMPTY);
        assertThat(project("#dotted")).isEqualTo(item("a.b", n(9)));
    }

    @Test
    void selectedElementsOfListsCloseUpInTheirOrder() {
        assertThat(project("l[3], l[1]")).isEqualTo(item("l", list(n(1), n(3))));
        assertThat(project("l[2].y[1], l[0]")).isEqualTo(item("l", list(n(0), map("y", list(n(8))))));
        assertThat(project("l[2].y[1], l[2].x")).isEqualTo(item("l", list(map("y", list(n(8)), "x", n(5)))));
        assertThat(project("l[9], l[0]")).isEqualTo(item("l", list(n(0))));
    }

    @Test
    void membersOfMapsStayInTheirMaps() {
        assertThat(project("#m.b.c")).isEqualTo(item("m", map("b", map("c", n(2)))));
        assertThat(project("m.b.c, m.a")).isEqualTo(item("m", map("a", n(1), "b", map("c", n(2)))));
    }

    @Test
    void pathsThatLeadNowhereLeaveNothingBehind() {
        for (String text : new String[] {"m.z", "l[9]", "l.a", "m[0]", "s[0]", "s.a", "l[2].q", "l[1].q", "p.x"}) {
            assertThat(project(text)).as(text).isEqualTo(Item.EMPTY);
        }
        assertThat(project("l[2].q, l[1]")).isEqualTo(item("l", list(n(1))));
    }

    @Test
    void topLevelNamesAreKnown() {
        assertThat(parse("m.a, l[0], m.b").topLevelNames()).containsExactly("m", "l");
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRefused(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(ExpressionException.class)
                .hasMessage("Invalid ProjectionExpression: " + message);
    }

    static Stream<Arguments> refusals() {
        String rewrite = " with each other; must remove or rewrite one of these paths; path one: ";
        return Cases.table("""
                a, a       => Two document paths overlap REWRITE [a], path two: [a]
                a, a.b     => Two document paths overlap REWRITE [a], path two: [a, b]
                a.b, a     => Two document paths overlap REWRITE [a, b], path two: [a]
                a, #a.b    => Two document paths overlap REWRITE [a], path two: [a, b]
                a[0], a[1], a[0] => Two document paths overlap REWRITE [a, [0]], path two: [a, [0]]
                a.b, a[0]  => Two document paths conflict REWRITE [a, b], path two: [a, [0]]
                a, a, #n   => An expression attribute name used in the document path is not defined; attribute name: #n
                a, a, year => Attribute name is a reserved keyword; reserved keyword: year
                """.replace(" REWRITE ", rewrite));
    }

    @Test
    void emptyTextIsRefused() {
        assertThatThrownBy(() -> parse(""))
                .hasMessage("Invalid ProjectionExpression: The expression can not be empty;");
    }
}
