package io.tailrace.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.model.AttributeValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

/** Proves that whatever text comes, it is taken or refused with DynamoDB's message: no other exception, no hang. */
class ParserFuzzPropertyTest {
    private static final Map<String, AttributeValue> VALUES = Map.of(":a", Cases.n(1), ":s", Cases.s("x"));

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void anyText(@ForAll @StringLength(max = 200) String text) {
        parseAll(text);
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void anyTokens(@ForAll("tokens") String text) {
        parseAll(text);
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void damagedConditions(@ForAll("damagedConditions") String text) {
        parseAll(text);
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void damagedUpdates(@ForAll("damagedUpdates") String text) {
        parseAll(text);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void longRepetitions(@ForAll("repetitions") String text) {
        parseAll(text);
    }

    private static void parseAll(String text) {
        for (ExpressionKind kind : EnumSet.complementOf(EnumSet.of(ExpressionKind.STATEMENT))) {
            try {
                parseAndBind(kind, text);
            } catch (ExpressionException refused) {
                assertThat(refused).hasMessageStartingWith("Invalid " + kind.parameterName() + ": ");
            }
        }
    }

    private static void parseAndBind(ExpressionKind kind, String text) {
        ExpressionAttributes attributes = ExpressionAttributes.of(Map.of("#n", "name"), VALUES);
        switch (kind) {
            case CONDITION, FILTER -> ConditionExpression.parse(kind, text).bind(attributes);
            case KEY_CONDITION -> KeyConditionExpression.parse(text).bind(attributes);
            case PROJECTION -> ProjectionExpression.parse(text).bind(attributes);
            case UPDATE -> UpdateExpression.parse(text).bind(attributes);
            case STATEMENT -> throw new IllegalArgumentException("statements have a parser of their own");
        }
    }

    private static Arbitrary<String> token() {
        return Arbitraries.of(
                "a",
                "b",
                "#n",
                ":a",
                ":s",
                "(",
                ")",
                "[",
                "]",
                "0",
                "7",
                "12345678901",
                ".",
                ",",
                "=",
                "<",
                ">",
                "<>",
                "<=",
                "+",
                "-",
                "AND",
                "or",
                "NOT",
                "BETWEEN",
                "IN",
                "SET",
                "REMOVE",
                "ADD",
                "DELETE",
                "size(",
                "contains(",
                "if_not_exists(",
                "list_append(",
                "status",
                "@",
                "\"",
                "é",
                "_",
                "#",
                ":");
    }

    @Provide
    Arbitrary<String> tokens() {
        return token().list().ofMinSize(1).ofMaxSize(25).map(tokens -> String.join(" ", tokens));
    }

    @Provide
    Arbitrary<String> damagedConditions() {
        return Arbitrarily.condition(Arbitrarily.operand(), Arbitrarily.reference())
                .map(ExpressionPrinter::print)
                .flatMap(ParserFuzzPropertyTest::damaged);
    }

    @Provide
    Arbitrary<String> damagedUpdates() {
        return Arbitrarily.update().map(ExpressionPrinter::printUpdate).flatMap(ParserFuzzPropertyTest::damaged);
    }

    /** The text with one to three of its parts removed, doubled or replaced. */
    private static Arbitrary<String> damaged(String text) {
        Arbitrary<Integer> place = Arbitraries.integers().between(0, 1_000_000);
        Arbitrary<Damage> damage =
                Combinators.combine(place, Arbitraries.of(0, 1, 2, 3), token()).as(Damage::new);
        return damage.list().ofMinSize(1).ofMaxSize(3).map(all -> {
            List<String> parts = new ArrayList<>(List.of(text.split("(?<=\\W)|(?=\\W)")));
            for (Damage one : all) {
                one.apply(parts);
            }
            return String.join("", parts);
        });
    }

    private record Damage(int place, int sort, String token) {
        void apply(List<String> parts) {
            if (parts.isEmpty()) {
                return;
            }
            int at = place % parts.size();
            switch (sort) {
                case 0 -> parts.remove(at);
                case 1 -> parts.add(at, parts.get(at));
                case 2 -> parts.set(at, token);
                default -> parts.add(at, token);
            }
        }
    }

    @Provide
    Arbitrary<String> repetitions() {
        return Combinators.combine(
                        Arbitraries.of("", "a = ", "SET a = ", "NOT ", "a"),
                        Arbitraries.of("(", "NOT ", "f(", "((a)", "a.", "[0]", "a=:a OR ", "NOT (", "(a=:a AND ", ","),
                        Arbitraries.integers().between(1, 4096))
                .as((prefix, part, count) -> {
                    String text = prefix + part.repeat(count);
                    return text.substring(0, Math.min(text.length(), ExpressionLimits.MAX_EXPRESSION_BYTES));
                });
    }
}
