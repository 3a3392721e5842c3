package io.tailrace.engine.partiql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.expression.Path;
import io.tailrace.engine.expression.PathElement;
import io.tailrace.schemas.model.AttributeValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements are parsed to their trees, and everything else is refused. */
class StatementParserTest {
    private static Statement parse(String text) {
        return StatementParser.parse(text).statement();
    }

    private static String refusal(String text) {
        DynamoException refused = catchThrowableOfType(DynamoException.class, () -> parse(text));
        assertThat(refused).as("refusal of %s", text).isNotNull();
        assertThat(refused.type()).isEqualTo(ErrorType.VALIDATION);
        return refused.getMessage();
    }

    @Test
    void readsPathsNamesAndOrder() {
        Statement.Select select =
                (Statement.Select) parse("select \"a\"\"b\".c[2]['d e'] from T.\"I\" order by x desc, y");
        assertThat(select.table()).isEqualTo(new TableName("T", Optional.of("I")));
        assertThat(select.projection())
                .containsExactly(new Path(List.of(
                        new PathElement.Name("a\"b"),
                        new PathElement.Name("c"),
                        new PathElement.Index(2),
                        new PathElement.Name("d e"))));
        assertThat(select.orderBy())
                .containsExactly(
                        new Statement.OrderKey(Path.of("x"), false), new Statement.OrderKey(Path.of("y"), true));
    }

    @Test
    void readsLiterals() {
        Statement.Insert insert =
                (Statement.Insert) parse("INSERT INTO T VALUE {'a': 'it''s', 'b': -1.50e2, 'c': TRUE, 'd': null}");
        assertThat(((Expression.Struct) insert.value()).members())
                .containsExactly(
                        new Expression.Member("a", new Expression.Literal(AttributeValue.string("it's"))),
                        new Expression.Member("b", new Expression.Literal(AttributeValue.number(-150))),
                        new Expression.Member("c", new Expression.Literal(AttributeValue.Bool.TRUE)),
                        new Expression.Member("d", new Expression.Literal(AttributeValue.Null.INSTANCE)));
    }

    @Test
    void countsParametersInTheOrderOfTheText() {
        StatementParser.Parsed parsed = StatementParser.parse("UPDATE T SET a = ? WHERE p = ? AND q IN (?, [?])");
        assertThat(parsed.parameterCount()).isEqualTo(4);
        assertThat(((Statement.Update) parsed.statement()).changes().get(0).value())
                .contains(new Expression.Parameter(0));
    }

    @Test
    void bindsTighterThanOr() {
        assertThat(parse("SELECT * FROM T WHERE NOT a = 1 AND b = 2 OR c = 3"))
                .isEqualTo(parse("SELECT * FROM T WHERE (((NOT (a = 1)) AND (b = 2)) OR (c = 3))"));
        assertThat(parse("SELECT * FROM T WHERE a BETWEEN 1 AND 2 AND b = 1"))
                .isEqualTo(parse("SELECT * FROM T WHERE (a BETWEEN 1 AND 2) AND (b = 1)"));
        assertThat(parse("UPDATE T SET a = b - 1 WHERE p != 1")).isEqualTo(parse("update T set a=b-1 where p<>1;"));
        assertThat(parse("SELECT * FROM T WHERE a NOT IN (1) AND b IS NOT MISSING"))
                .isEqualTo(parse("SELECT * FROM T WHERE (NOT a IN [1]) AND NOT (b IS MISSING)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT",
                "SELECT * FROM",
                "SELECT *, p FROM T",
                "SELECT * FROM T WHERE",
                "SELECT * FROM T WHERE p=",
                "SELECT * FROM T WHERE p='a",
                "SELECT * FROM T WHERE (p='a'",
                "SELECT * FROM T WHERE p='a' AND",
                "SELECT * FROM T WHERE p = 1a",
                "SELECT * FROM T WHERE p = `1`",
                "SELECT * FROM T WHERE p IN ()",
                "SELECT * FROM T /* no end",
                "SELECT p, value FROM T",
                "SELECT * FROM T RETURNING ALL OLD *",
                "SELECT * FROM T; SELECT * FROM T",
                "UPDATE T WHERE p = 1",
                "UPDATE T REMOVE x, y WHERE p = 1",
                "UPDATE T SET x = 1 WHERE p = 1 RETURNING *",
                "UPDATE T SET x = 1 RETURNING ALL OLD * WHERE p = 1",
                "DELETE T WHERE p = 1",
                "INSERT INTO T VALUES {'p': 1}",
                "INSERT INTO T VALUE {p: 1}",
                "INSERT INTO 'T' VALUE {'p': 1}"
            })
    void refusesMalformedStatements(String text) {
        assertThat(refusal(text)).startsWith("Statement wasn't well formed, can't be processed: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    DROP TABLE T                   | Unsupported operation: DROP
                    SELECT * FROM T GROUP BY p     | Unsupported clause: GROUP BY
                    SELECT * FROM T LIMIT 1        | Unsupported clause: LIMIT
                    SELECT * FROM T WHERE a = 1 LIMIT 1 | Unsupported clause: LIMIT
                    SELECT * FROM T AS t           | Aliasing is not supported
                    SELECT * FROM T t WHERE t.p = 1 | Aliasing is not supported
                    SELECT p AS q FROM T           | Aliasing is not supported
                    SELECT * FROM T, U             | Only select from a single table or index is supported.
                    SELECT * FROM T.I.z            | A path may contain at most 2 components in the FROM clause
                    SELECT * FROM T WHERE s = 1e200 | Number overflow. Attempting to store a number with magnitude larger than supported range under root
                    INSERT INTO T VALUE {'p': 1e126} | Number overflow. Attempting to store a number with magnitude larger than supported range under root
                    INSERT INTO T VALUE {'m': {'x': [1, 1e126]}} | Number overflow. Attempting to store a number with magnitude larger than supported range under root.x[1]
                    SELECT * FROM T WHERE s = [1, 1e126] | Number overflow. Attempting to store a number with magnitude larger than supported range under root[1]
                    UPDATE T u SET a = 1 WHERE s = 1 | Aliasing is not supported
                    DELETE FROM T AS u WHERE s = 1 | Aliasing is not supported
                    SELECT size(a) FROM T          | Unexpected path component at 1:8:4
                    SELECT * FROM ""               | Path component cannot be an empty string
                    SELECT * FROM T.""             | Path component cannot be an empty string
                    SELECT * FROM T WHERE s = 1e-200 | Number underflow. Attempting to store a number with magnitude smaller than supported range under root
                    SELECT * FROM T WHERE s = 123456789012345678901234567890123456789 | Attempting to store more than 38 significant digits in a Number under root
                    """)
    void refusesWhatDynamoDbDoesNotHave(String text, String message) {
        assertThat(refusal(text)).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "<<", "{'a': ", "NOT ", "size("})
    void boundsTheDepth(String opening) {
        assertThat(refusal("SELECT * FROM T WHERE " + opening.repeat(8000 / opening.length())))
                .contains("nested too deeply");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 + ", "a = ", "1 - "})
    void boundsChains(String link) {
        assertThat(refusal("SELECT * FROM T WHERE " + link.repeat(8000 / link.length()) + "1"))
                .contains("nested too deeply");
    }
}
