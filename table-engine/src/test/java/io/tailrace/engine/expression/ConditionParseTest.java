package io.tailrace.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves how conditions are read: precedence, parentheses, functions, reserved words and the limits. */
class ConditionParseTest {
    private static final Condition A = comparison("a");
    private static final Condition B = comparison("b");
    private static final Condition C = comparison("c");

    private static Condition comparison(String name) {
        return new Condition.Comparison(ComparisonOperator.EQ, Path.of(name), new Operand.ValueReference(":v"));
    }

    private static Condition parse(String text) {
        return ConditionExpression.parse(ExpressionKind.CONDITION, text).tree();
    }

    @Test
    void notBindsBeforeAndAndAndBeforeOr() {
        assertThat(parse("NOT a = :v AND b = :v OR c = :v"))
                .isEqualTo(new Condition.Or(List.of(new Condition.And(List.of(new Condition.Not(A), B)), C)));
        assertThat(parse("a = :v OR b = :v AND c = :v"))
                .isEqualTo(new Condition.Or(List.of(A, new Condition.And(List.of(B, C)))));
        assertThat(parse("NOT (a = :v AND b = :v)")).isEqualTo(new Condition.Not(new Condition.And(List.of(A, B))));
        assertThat(parse("(a = :v OR b = :v) and c = :v"))
                .isEqualTo(new Condition.And(List.of(new Condition.Or(List.of(A, B)), C)));
    }

    @Test
    void keywordsMayHaveAnyCase() {
        assertThat(parse("nOt a = :v aNd b = :v oR c = :v")).isEqualTo(parse("NOT a = :v AND b = :v OR c = :v"));
        assertThat(parse("a between :v and :w")).isEqualTo(parse("a BETWEEN :v AND :w"));
        assertThat(parse("a in (:v)")).isEqualTo(parse("a IN (:v)"));
    }

    @Test
    void whiteSpaceStandsAnywhereBetweenTokens() {
        assertThat(parse(" a . b [ 0 ]\t=\r\n:v ")).isEqualTo(parse("a.b[0]=:v"));
        assertThat(parse("size (a)<>:v")).isEqualTo(parse("size(a) <> :v"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a = :a)",
                "((a) = :a)",
                "(a) = (:a)",
                "((a = :a) AND a=:a)",
                "(a = :a) AND (b = :a)",
                "NOT (NOT (a = :a))",
                "(NOT (a=:a))",
                "a IN ((:a))",
                "size((a)) = :a",
                "((size(a)) = :a)",
                "(attribute_exists(a))",
                "(a BETWEEN (:a) AND (:b))"
            })
    void parenthesesThatGroupAreTaken(String text) {
        assertThatCode(() -> parse(text)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a = :a))",
                "a = ((:a))",
                "((a)) = :a",
                "((a = :a AND a=:a))",
                "NOT ((a=:a))",
                "size(((a)))=:a",
                "a IN (((:a)))",
                "(((a=:a) AND b=:a))",
                "((attribute_exists(a)))",
                "((a = :a)) AND status=:a",
                "((a=:a)) OR @"
            })
    void parenthesesDirectlyWithinParenthesesAreRefused(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(ExpressionException.class)
                .hasMessage("Invalid ConditionExpression: The expression has redundant parentheses;");
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRefused(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(ExpressionException.class)
                .hasMessage("Invalid ConditionExpression: " + message);
    }

    static Stream<Arguments> refusals() {
        return Cases.table("""
                foo(a)                          => Invalid function name; function: foo
                Size(a) = :a                    => Invalid function name; function: Size
                ATTRIBUTE_EXISTS(a)             => Invalid function name; function: ATTRIBUTE_EXISTS
                foo(goo(x))                     => Invalid function name; function: foo
                foo(x)=:a AND status=:a         => Invalid function name; function: foo
                size(a)                         => The function is not allowed to be used this way in an expression; function: size
                a = :a AND (size(a))            => The function is not allowed to be used this way in an expression; function: size
                attribute_exists(a) = :a        => The function is not allowed to be used this way in an expression; function: attribute_exists
                a = contains(b,:a)              => The function is not allowed to be used this way in an expression; function: contains
                a=attribute_exists(foo(x))      => The function is not allowed to be used this way in an expression; function: attribute_exists
                begins_with(a, begins_with(b,:a)) => The function is not allowed to be used this way in an expression; function: begins_with
                if_not_exists(a,b)=:a           => The function is not allowed in a condition expression; function: if_not_exists
                list_append(a,b)=:a             => The function is not allowed in a condition expression; function: list_append
                status = :a                     => Attribute name is a reserved keyword; reserved keyword: status
                a.Status = :a                   => Attribute name is a reserved keyword; reserved keyword: Status
                a = :a OR status = :a and foo(x) => Attribute name is a reserved keyword; reserved keyword: status
                size = :a                       => Attribute name is a reserved keyword; reserved keyword: size
                a[99999999999] = :a             => List index is not within the allowable range; index: [99999999999]
                a[2147483648]=:a AND status=:a  => List index is not within the allowable range; index: [2147483648]
                """);
    }

    @Test
    void aReservedWordMayNameAFunctionOrStandBehindAPlaceholder() {
        assertThatCode(() -> parse("size(a) = :v AND #status = :v")).doesNotThrowAnyException();
    }

    @Test
    void emptyTextIsRefused() {
        assertThatThrownBy(() -> ConditionExpression.parse(ExpressionKind.FILTER, ""))
                .hasMessage("Invalid FilterExpression: The expression can not be empty;");
    }

    @Test
    void atMost4096BytesAreTaken() {
        String text = "a=:v";
        assertThatCode(() -> parse(text + " ".repeat(4096 - text.length()))).doesNotThrowAnyException();
        assertThatThrownBy(() -> parse(text + " ".repeat(4097 - text.length())))
                .hasMessage("Invalid ConditionExpression: Expression size has exceeded the maximum allowed size;"
                        + " expression size: 4097");
        assertThatThrownBy(() -> parse("é".repeat(2049)))
                .hasMessage("Invalid ConditionExpression: Expression size has exceeded the maximum allowed size;"
                        + " expression size: 4098");
    }

    @Test
    void atMost300OperatorsAreTaken() {
        String tooMany = "Invalid ConditionExpression: The expression contains too many operators; operator count: 301";
        assertThatCode(() -> parse(String.join(" OR ", Collections.nCopies(150, "a=:a"))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> parse(String.join(" OR ", Collections.nCopies(151, "a=:a"))))
                .hasMessage(tooMany);
        assertThatCode(() -> parse("NOT ".repeat(299) + "a=:a")).doesNotThrowAnyException();
        assertThatThrownBy(() -> parse("NOT ".repeat(300) + "a=:a")).hasMessage(tooMany);
        assertThatThrownBy(() -> parse("NOT ".repeat(1020) + "a=:a")).hasMessage(tooMany);
    }

    @Test
    void deepNestingIsRefusedWithoutExhaustingTheStack() {
        assertThatCode(() -> parse("NOT(".repeat(298) + "a=:a" + ")".repeat(298)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> parse("(".repeat(2000) + "a=:a" + ")".repeat(2000)))
                .hasMessage("Invalid ConditionExpression: The expression has redundant parentheses;");
        assertThatThrownBy(() -> parse("(".repeat(4096))).isInstanceOf(ExpressionException.class);
        assertThatThrownBy(() -> parse("a=" + "f(".repeat(1000))).isInstanceOf(ExpressionException.class);
        assertThatThrownBy(() -> parse("a=" + "(".repeat(4000))).isInstanceOf(ExpressionException.class);
    }

    @Test
    void whatATextParsesToIsRemembered() {
        ConditionExpression first = ConditionExpression.parse(ExpressionKind.FILTER, "remembered = :v");
        assertThat(ConditionExpression.parse(ExpressionKind.FILTER, "remembered = :v"))
                .isSameAs(first);
        assertThat(ConditionExpression.parse(ExpressionKind.CONDITION, "remembered = :v"))
                .isNotSameAs(first);
    }
}
