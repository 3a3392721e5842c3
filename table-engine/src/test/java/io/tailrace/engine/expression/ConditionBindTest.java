package io.tailrace.engine.expression;

import static io.tailrace.engine.expression.Cases.n;
import static io.tailrace.engine.expression.Cases.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.schemas.model.AttributeValue;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves what is refused when a condition gets its names and values: numbers, sorts and types of operands. */
class ConditionBindTest {
    private static final String IOT = "Incorrect operand type for operator or function; operator or function: ";
    private static final String FIRST = "The first operand must be distinct from the remaining operands for this"
            + " operator or function; operator: ";

    private static final Map<String, AttributeValue> VALUES = Map.ofEntries(
            Map.entry(":n", n(1)),
            Map.entry(":m", n("150e-2")),
            Map.entry(":big", n("1e2")),
            Map.entry(":s", s("x")),
            Map.entry(":type", s("SS")),
            Map.entry(":b", Cases.b(1)),
            Map.entry(":bool", Cases.TRUE),
            Map.entry(":null", Cases.NULL),
            Map.entry(":l", Cases.list()),
            Map.entry(":map", Cases.map()),
            Map.entry(":ss", Cases.ss("x")));

    private static BoundCondition bind(String text) {
        ExpressionAttributes attributes = Cases.used(Map.of("#a", "a", "#d", "a.b"), VALUES, text);
        return ConditionExpression.parse(ExpressionKind.CONDITION, text).bind(attributes);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRefused(String text, String message) {
        assertThatThrownBy(() -> bind(text))
                .isInstanceOf(ExpressionException.class)
                .hasMessage("Invalid ConditionExpression: "
                        + message.replace("IOT ", IOT).replace("FIRST ", FIRST));
    }

    static Stream<Arguments> refusals() {
        return Cases.table("""
                size(a,a) = :n                => Incorrect number of operands for operator or function; operator or function: size, number of operands: 2
                attribute_exists(a,b)         => Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2
                begins_with(a)                => Incorrect number of operands for operator or function; operator or function: begins_with, number of operands: 1
                attribute_exists(:n)          => Operator or function requires a document path; operator or function: attribute_exists
                attribute_not_exists(size(a)) => Operator or function requires a document path; operator or function: attribute_not_exists
                begins_with(a,:n)             => IOT begins_with, operand type: N
                begins_with(:null,a)          => IOT begins_with, operand type: NULL
                begins_with(a,size(b))        => IOT begins_with, operand type: N
                attribute_type(a,:n)          => IOT attribute_type, operand type: N
                attribute_type(a,b)           => IOT attribute_type, operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}
                attribute_type(a,:s)          => Invalid attribute type name found; type: x, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}
                size(:n) = a                  => IOT size, operand type: N
                size(:bool) = a               => IOT size, operand type: BOOL
                size(:null) = a               => IOT size, operand type: NULL
                size(size(a)) = :n            => IOT size, operand type: N
                a < :bool                     => IOT <, operand type: BOOL
                a <= :null                    => IOT <=, operand type: NULL
                :l > a                        => IOT >, operand type: L
                a >= :map                     => IOT >=, operand type: M
                size(a) < :ss                 => IOT <, operand type: SS
                a BETWEEN :bool AND b         => IOT BETWEEN, operand type: BOOL
                a BETWEEN :n AND :ss          => IOT BETWEEN, operand type: SS
                a BETWEEN :ss AND a           => IOT BETWEEN, operand type: SS
                a BETWEEN :n AND :s           => The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {N:1}, upper bound operand: AttributeValue: {S:x}
                a BETWEEN :big AND :m         => The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:100}, upper bound operand: AttributeValue: {N:1.5}
                a = a                         => FIRST =, first operand: [a]
                a.b[0] < a.b[0]               => FIRST <, first operand: [a, b, [0]]
                a = #a                        => FIRST =, first operand: [a]
                a IN (:n, a)                  => FIRST IN, first operand: [a]
                a BETWEEN a AND b             => FIRST BETWEEN, first operand: [a]
                contains(a,a)                 => FIRST contains, first operand: [a]
                begins_with(a,a)              => FIRST begins_with, first operand: [a]
                a=a AND begins_with(a,:n)     => FIRST =, first operand: [a]
                size(:zz,b) = :n              => An expression attribute value used in expression is not defined; attribute value: :zz
                #zz = :zz                     => An expression attribute name used in the document path is not defined; attribute name: #zz
                a.:n = :n                     => An expression attribute name used in the document path is not defined; attribute name: :n
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":n = :n",
                "size(a) = size(a)",
                "#d = a.b",
                "contains(a, :bool)",
                "contains(:n, a)",
                "a IN (:bool, :n)",
                "a = :l",
                ":n < :s",
                "a BETWEEN size(b) AND :n",
                "attribute_type(a, :type)",
                "begins_with(:s, a)",
                "size(:map) > :n"
            })
    void isTaken(String text) {
        assertThatCode(() -> bind(text)).doesNotThrowAnyException();
    }

    @Test
    void inTakesAtMost100Operands() {
        String values = String.join(",", Collections.nCopies(100, ":n"));
        assertThatCode(() -> bind("a IN (" + values + ")")).doesNotThrowAnyException();
        assertThatThrownBy(() -> bind("a IN (" + values + ",:n)"))
                .hasMessage("Invalid ConditionExpression: The IN operator is provided with too many operands; number of"
                        + " operands: 101");
    }

    @Test
    void pathsHaveAtMost32Elements() {
        String path = String.join(".", Collections.nCopies(32, "a"));
        assertThatCode(() -> bind(path + " = :n")).doesNotThrowAnyException();
        assertThatThrownBy(() -> bind(path + "[0] = :n"))
                .hasMessage("Invalid ConditionExpression: The document path has too many nesting levels; nesting"
                        + " levels: 33");
    }

    @Test
    void pathsAreKnown() {
        BoundCondition condition = bind("#a.b = :n AND (size(c[0]) IN (:n, d) OR NOT contains(a, :n))");
        assertThat(condition.paths().stream().map(Path::toString)).containsExactly("[a, b]", "[c, [0]]", "[d]", "[a]");
    }
}
