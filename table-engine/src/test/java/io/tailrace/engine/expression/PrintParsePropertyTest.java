package io.tailrace.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Proves that every tree, printed, parses to itself again: grammar, precedence and parentheses agree both ways. */
class PrintParsePropertyTest {
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void conditions(@ForAll("conditions") Condition tree) {
        String text = ExpressionPrinter.print(tree);
        Assume.that(text.length() <= ExpressionLimits.MAX_EXPRESSION_BYTES);
        assertThat(ConditionExpression.parse(ExpressionKind.CONDITION, text).tree())
                .isEqualTo(tree);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void conditionsWithinParenthesesToo(@ForAll("conditions") Condition tree) {
        String text = "(" + ExpressionPrinter.print(tree) + ")";
        Assume.that(text.length() <= ExpressionLimits.MAX_EXPRESSION_BYTES);
        assertThat(KeyConditionExpression.parse(text).tree()).isEqualTo(tree);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void updates(@ForAll("updates") List<UpdateAction> actions) {
        String text = ExpressionPrinter.printUpdate(actions);
        assertThat(UpdateExpression.parse(text).actions()).isEqualTo(actions);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void projections(@ForAll("paths") List<Path> paths) {
        String text = ExpressionPrinter.printProjection(paths);
        assertThat(ProjectionExpression.parse(text).paths()).isEqualTo(paths);
    }

    @Provide
    Arbitrary<Condition> conditions() {
        return Arbitrarily.condition(Arbitrarily.operand(), Arbitrarily.reference());
    }

    @Provide
    Arbitrary<List<UpdateAction>> updates() {
        return Arbitrarily.update();
    }

    @Provide
    Arbitrary<List<Path>> paths() {
        return Arbitrarily.path().list().ofMinSize(1).ofMaxSize(5);
    }
}
