package io.tailrace.engine.partiql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.expression.Arithmetic;
import io.tailrace.engine.expression.ComparisonOperator;
import io.tailrace.engine.expression.Path;
import io.tailrace.engine.expression.PathElement;
import io.tailrace.schemas.model.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever statement is printed is parsed to itself, and whatever text is parsed is a statement or refused. */
class StatementPropertyTest {
    @Property(tries = 500)
    void printedStatementsAreParsedToThemselves(@ForAll("statements") Statement statement) {
        assertThat(StatementParser.parse(StatementPrinter.print(statement)).statement())
                .isEqualTo(statement);
    }

    @Property(tries = 500)
    void damagedStatementsAreParsedOrRefused(
            @ForAll("statements") Statement statement, @ForAll("edits") List<Edit> edits) {
        StringBuilder text = new StringBuilder(StatementPrinter.print(statement));
        for (Edit edit : edits) {
            int at = (int) (edit.place() * text.length());
            text.replace(at, Math.min(text.length(), at + edit.removed()), edit.added());
        }
        parseOrRefuse(text.toString());
    }

    @Property(tries = 500)
    void anyTextIsParsedOrRefused(@ForAll("texts") String text) {
        parseOrRefuse(text);
    }

    private static void parseOrRefuse(String text) {
        try {
            assertThat(StatementParser.parse(text).statement()).isNotNull();
        } catch (DynamoException refused) {
            assertThat(refused.type()).isEqualTo(ErrorType.VALIDATION);
        }
    }

    /** A change of a text; the place as a part of its length. */
    record Edit(double place, int removed, String added) {}

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0, 0.99),
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.of(
                                "", "'", "\"", "(", ")", "<<", "?", " AND ", "NOT ", "1e", ".", "--", "/*", "[0]"))
                .as(Edit::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "SELECT",
                        "*",
                        "FROM",
                        "T",
                        "\"T\"",
                        ".",
                        "WHERE",
                        "a",
                        "=",
                        "1",
                        "'s'",
                        "AND",
                        "OR",
                        "NOT",
                        "IN",
                        "BETWEEN",
                        "IS",
                        "MISSING",
                        "NULL",
                        "(",
                        ")",
                        "[",
                        "]",
                        "{",
                        "}",
                        "<<",
                        ">>",
                        ",",
                        ":",
                        "?",
                        "INSERT",
                        "INTO",
                        "VALUE",
                        "UPDATE",
                        "SET",
                        "REMOVE",
                        "DELETE",
                        "RETURNING",
                        "ALL",
                        "OLD",
                        "EXISTS",
                        "ORDER",
                        "BY",
                        "size",
                        "+",
                        "-",
                        "\u00e9",
                        "\ud83d\ude00")
                .list()
                .ofMaxSize(30)
                .map(words -> String.join(" ", words));
    }

    @Provide
    Arbitrary<Statement> statements() {
        Arbitrary<TableName> table =
                Combinators.combine(names(), names().optional()).as(TableName::new);
        Arbitrary<Expression> where = expressions(3);
        Arbitrary<Statement.Select> select = Combinators.combine(
                        table,
                        paths().list().ofMaxSize(3),
                        where.optional(),
                        Combinators.combine(paths(), Arbitraries.of(true, false))
                                .as(Statement.OrderKey::new)
                                .list()
                                .ofMaxSize(2))
                .as(Statement.Select::new);
        Arbitrary<Statement.Change> change =
                Combinators.combine(paths(), expressions(2).optional()).as(Statement.Change::new);
        return Arbitraries.oneOf(
                select,
                select.map(Statement.Exists::new),
                Combinators.combine(table, expressions(3)).as(Statement.Insert::new),
                Combinators.combine(
                                table,
                                change.list().ofMinSize(1).ofMaxSize(3),
                                where.optional(),
                                Arbitraries.of(Returning.class))
                        .as(Statement.Update::new),
                Combinators.combine(table, where.optional(), Arbitraries.of(Returning.class))
                        .as(Statement.Delete::new));
    }

    private static Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.of("Music", "select", "a\"b", "x y", "\u00e9"),
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(5));
    }

    private static Arbitrary<Path> paths() {
        Arbitrary<PathElement> step = Arbitraries.oneOf(
                names().map(PathElement.Name::new),
                Arbitraries.integers().between(0, 99).map(PathElement.Index::new));
        return Combinators.combine(names(), step.list().ofMaxSize(3)).as((name, steps) -> {
            List<PathElement> elements = new ArrayList<>(List.of(new PathElement.Name(name)));
            elements.addAll(steps);
            return new Path(elements);
        });
    }

    private static Arbitrary<Expression> expressions(int depth) {
        Arbitrary<Expression> leaf = Arbitraries.oneOf(
                paths().map(Expression.PathReference::new),
                Arbitraries.strings().ofMaxLength(5).map(text -> new Expression.Literal(AttributeValue.string(text))),
                Arbitraries.of("0", "-1", "1.5", "12345678901234567890.123", "-0.00001")
                        .map(number -> new Expression.Literal(AttributeValue.number(number))),
                Arbitraries.of(
                        new Expression.Literal(AttributeValue.Bool.TRUE),
                        new Expression.Literal(AttributeValue.Null.INSTANCE),
                        new Expression.Missing()));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<Expression> part = Arbitraries.lazy(() -> expressions(depth - 1));
        Arbitrary<List<Expression>> few = part.list().ofMaxSize(3);
        Arbitrary<List<Expression>> several = part.list().ofMinSize(2).ofMaxSize(3);
        return Arbitraries.oneOf(
                leaf,
                few.map(Expression.ListOf::new),
                few.map(Expression.Bag::new),
                Combinators.combine(names(), part)
                        .as(Expression.Member::new)
                        .list()
                        .ofMaxSize(3)
                        .map(Expression.Struct::new),
                Combinators.combine(Arbitraries.of("size", "begins_with", "foo"), few)
                        .as(Expression.Call::new),
                Combinators.combine(Arbitraries.of(Arithmetic.Operator.class), part, part)
                        .as(Expression.Sum::new),
                Combinators.combine(Arbitraries.of(ComparisonOperator.class), part, part)
                        .as(Expression.Comparison::new),
                Combinators.combine(part, part, part).as(Expression.Between::new),
                Combinators.combine(part, few.map(Expression.ListOf::new)).as(Expression.In::new),
                Combinators.combine(part, Arbitraries.of("MISSING", "NULL", "STRING"))
                        .as(Expression.Is::new),
                several.map(Expression.And::new),
                several.map(Expression.Or::new),
                part.map(Expression.Not::new));
    }
}
