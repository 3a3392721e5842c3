package io.tailrace.engine.expression;

import static io.tailrace.engine.expression.Cases.n;
import static io.tailrace.engine.expression.Cases.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.schemas.model.AttributeValue;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves how updates are read, and what of them is refused before any item is seen. */
class UpdateParseTest {
    private static final Map<String, AttributeValue> VALUES = Map.of(
            ":n", n(1),
            ":s", s("x"),
            ":b", Cases.b(1),
            ":bool", Cases.TRUE,
            ":null", Cases.NULL,
            ":l", Cases.list(),
            ":m", Cases.map(),
            ":ss", Cases.ss("a"));

    private static BoundUpdate bind(String text) {
        return UpdateExpression.parse(text).bind(Cases.used(Map.of("#a", "a"), VALUES, text));
    }

    @Test
    void clausesKeepTheirOrder() {
        Path a = Path.of("a");
        Path b = Path.of("b");
        assertThat(UpdateExpression.parse("remove a SET b = a + :v").actions())
                .containsExactly(
                        new UpdateAction.Remove(a),
                        new UpdateAction.Set(
                                b, new Arithmetic(Arithmetic.Operator.PLUS, a, new Operand.ValueReference(":v"))));
        assertThat(UpdateExpression.parse("ADD a :v, b :w").actions())
                .containsExactly(
                        new UpdateAction.Add(a, new Operand.ValueReference(":v")),
                        new UpdateAction.Add(b, new Operand.ValueReference(":w")));
    }

    @Test
    void pathsAreKnown() {
        assertThat(bind("SET #a.b = :n REMOVE c[1] ADD d :n").paths().stream().map(Path::toString))
                .isEqualTo(List.of("[a, b]", "[c, [1]]", "[d]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET a = (b + :n)",
                "SET a = (b) - (c)",
                "SET a = (b)",
                "SET a = if_not_exists(a, (:n))",
                "SET a = if_not_exists(a, if_not_exists(b, :n)) + :n",
                "SET a = list_append(if_not_exists(a, :l), :l)",
                "SET a = (list_append(a, b))",
                "SET a = list_append(a, a)",
                "SET a = a + a",
                "SET a = a",
                "SET a.b = :n, a.c = :n, a.d[0] = :n REMOVE a.d[1]",
                "ADD a :n DELETE b :ss SET c = :n REMOVE d",
                "SET if_not_exists = if_not_exists"
            })
    void isTaken(String text) {
        assertThatCode(() -> bind(text)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRefused(String text, String message) {
        assertThatThrownBy(() -> bind(text))
                .isInstanceOf(ExpressionException.class)
                .hasMessage("Invalid UpdateExpression: "
                        + message.replace(
                                        "IOT ",
                                        "Incorrect operand type for operator or function; operator or function: ")
                                .replace(
                                        " REWRITE ",
                                        " with each other; must remove or rewrite one of these paths; path one: "));
    }

    static Stream<Arguments> refusals() {
        return Cases.table("""
                SET a=:n SET b=:n              => The "SET" section can only be used once in an update expression;
                REMOVE a SET b=:n REMOVE c     => The "REMOVE" section can only be used once in an update expression;
                ADD a :n ADD a :zz             => The "ADD" section can only be used once in an update expression;
                SET a=:n SET status=:n         => Attribute name is a reserved keyword; reserved keyword: status
                SET a=foo(x), status=:n        => Invalid function name; function: foo
                SET a=IF_NOT_EXISTS(a,:n)      => Invalid function name; function: IF_NOT_EXISTS
                SET a=size(b)                  => The function is not allowed in an update expression; function: size
                SET a=if_not_exists(size(a),:n) => The function is not allowed in an update expression; function: size
                SET a=contains(a,:n)           => The function is not allowed in an update expression; function: contains
                SET a=list_append(list_append(a,b),c) => The function is not allowed to be used this way in an expression; function: list_append
                SET a=if_not_exists(a,list_append(b,c)) => The function is not allowed to be used this way in an expression; function: list_append
                SET a=list_append(a,b)+:n      => The function is not allowed to be used this way in an expression; function: list_append
                SET a=((b))                    => The expression has redundant parentheses;
                SET a=((b + :n))               => The expression has redundant parentheses;
                SET a[99999999999]=:n          => List index is not within the allowable range; index: [99999999999]
                SET a=:zz, #n=:n               => An expression attribute name used in the document path is not defined; attribute name: #n
                SET a=:zz, a=:n                => Two document paths overlap REWRITE [a], path two: [a]
                SET a=:n, a.b=:n               => Two document paths overlap REWRITE [a], path two: [a, b]
                SET a.b=:n REMOVE #a           => Two document paths overlap REWRITE [a, b], path two: [a]
                REMOVE a[0] SET a[0].x=:n      => Two document paths overlap REWRITE [a, [0]], path two: [a, [0], x]
                SET a[0]=:n, a.b=:n            => Two document paths conflict REWRITE [a, [0]], path two: [a, b]
                SET a=:zz                      => An expression attribute value used in expression is not defined; attribute value: :zz
                SET a=if_not_exists(a)         => Incorrect number of operands for operator or function; operator or function: if_not_exists, number of operands: 1
                SET a=list_append(a,b,c)       => Incorrect number of operands for operator or function; operator or function: list_append, number of operands: 3
                SET a=if_not_exists(:n,:n)     => Operator or function requires a document path; operator or function: if_not_exists
                SET a=if_not_exists(if_not_exists(a,b),c) => Operator or function requires a document path; operator or function: if_not_exists
                SET a=if_not_exists(:n,:zz)    => An expression attribute value used in expression is not defined; attribute value: :zz
                SET a=if_not_exists(b,b)       => The first operand must be distinct from the remaining operands for this operator or function; operator: if_not_exists, first operand: [b]
                SET a=list_append(a,:n)        => IOT list_append, operand type: N
                SET a=list_append(:l,:m)       => IOT list_append, operand type: M
                SET a=:n+:s                    => IOT +, operand type: S
                SET a=b-:l                     => IOT -, operand type: L
                """);
    }

    @ParameterizedTest
    @MethodSource("elements")
    void addAndDeleteTakeOnlyTheirTypes(String text, String typeName) {
        String clause = text.substring(0, text.indexOf(' '));
        assertThatThrownBy(() -> bind(text))
                .hasMessage("Invalid UpdateExpression: Incorrect operand type for operator or function; operator: "
                        + clause + ", operand type: " + typeName + ", typeSet: ALLOWED_FOR_" + clause + "_OPERAND");
    }

    static Stream<Arguments> elements() {
        return Cases.table("""
                ADD a :s       => STRING
                ADD a :b       => BINARY
                ADD a :bool    => BOOLEAN
                ADD a :null    => NULL
                ADD a :l       => LIST
                ADD a :m       => MAP
                DELETE a :n    => NUMBER
                DELETE a :s    => STRING
                """);
    }

    @Test
    void emptyTextIsRefused() {
        assertThatThrownBy(() -> UpdateExpression.parse(""))
                .hasMessage("Invalid UpdateExpression: The expression can not be empty;");
    }

    @Test
    void atMost300OperatorsAreTaken() {
        String sums = String.join(",", Collections.nCopies(301, "a=b+c"));
        assertThatThrownBy(() -> UpdateExpression.parse("SET " + sums))
                .hasMessage("Invalid UpdateExpression: The expression contains too many operators; operator count:"
                        + " 301");
        assertThatCode(() -> UpdateExpression.parse("REMOVE " + String.join(",", Collections.nCopies(500, "a"))))
                .doesNotThrowAnyException();
    }
}
