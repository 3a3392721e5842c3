package io.tailrace.engine.partiql;

import io.tailrace.engine.expression.Path;
import io.tailrace.engine.expression.PathElement;
import io.tailrace.schemas.model.AttributeValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes statements as texts, everything quoted and in parentheses: what the parser makes of them is the statement. */
final class StatementPrinter {
    private StatementPrinter() {}

    static String print(Statement statement) {
        return switch (statement.kind()) {
            case SELECT -> select((Statement.Select) statement);
            case INSERT ->
                "INSERT INTO " + table(statement.table()) + " VALUE " + print(((Statement.Insert) statement).value());
            case UPDATE -> {
                Statement.Update update = (Statement.Update) statement;
                yield "UPDATE " + table(update.table())
                        + update.changes().stream()
                                .map(StatementPrinter::change)
                                .collect(Collectors.joining())
                        + where(update.where())
                        + returning(update.returning());
            }
            case DELETE -> {
                Statement.Delete delete = (Statement.Delete) statement;
                yield "DELETE FROM " + table(delete.table()) + where(delete.where()) + returning(delete.returning());
            }
            case EXISTS -> "EXISTS(" + select(((Statement.Exists) statement).select()) + ")";
        };
    }

    private static String select(Statement.Select select) {
        String projection = select.projection().isEmpty()
                ? "*"
                : select.projection().stream().map(StatementPrinter::path).collect(Collectors.joining(", "));
        String order = select.orderBy().stream()
                .map(key -> path(key.path()) + (key.ascending() ? " ASC" : " DESC"))
                .collect(Collectors.joining(", "));
        return "SELECT " + projection + " FROM " + table(select.table()) + where(select.where())
                + (order.isEmpty() ? "" : " ORDER BY " + order);
    }

    private static String change(Statement.Change change) {
        return change.value().isEmpty()
                ? " REMOVE " + path(change.path())
                : " SET " + path(change.path()) + " = " + print(change.value().get());
    }

    private static String where(Optional<Expression> where) {
        return where.map(expression -> " WHERE " + print(expression)).orElse("");
    }

    private static String returning(Returning returning) {
        return returning == Returning.NOTHING ? "" : " RETURNING " + returning.words() + " *";
    }

    private static String table(TableName table) {
        return name(table.table())
                + table.index().map(index -> "." + name(index)).orElse("");
    }

    private static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String path(Path path) {
        StringBuilder text = new StringBuilder();
        for (PathElement element : path.elements()) {
            if (element instanceof PathElement.Name name) {
                text.append(text.length() == 0 ? "" : ".").append(name(name.name()));
            } else {
                text.append(element);
            }
        }
        return text.toString();
    }

    static String print(Expression expression) {
        return switch (expression.kind()) {
            case PATH -> path(((Expression.PathReference) expression).path());
            case LITERAL -> literal(((Expression.Literal) expression).value());
            case MISSING -> "MISSING";
            case PARAMETER -> "?";
            case LIST -> "[" + list(((Expression.ListOf) expression).elements(), ", ") + "]";
            case BAG -> "<<" + list(((Expression.Bag) expression).elements(), ", ") + ">>";
            case STRUCT ->
                ((Expression.Struct) expression)
                        .members().stream()
                                .map(member -> string(member.name()) + ": " + print(member.value()))
                                .collect(Collectors.joining(", ", "{", "}"));
            case CALL -> {
                Expression.Call call = (Expression.Call) expression;
                yield call.function() + "(" + list(call.operands(), ", ") + ")";
            }
            case SUM -> {
                Expression.Sum sum = (Expression.Sum) expression;
                yield "(" + print(sum.left()) + " " + sum.operator().symbol() + " " + print(sum.right()) + ")";
            }
            case COMPARISON -> {
                Expression.Comparison comparison = (Expression.Comparison) expression;
                yield "(" + print(comparison.left()) + " "
                        + comparison.operator().symbol() + " " + print(comparison.right()) + ")";
            }
            case BETWEEN -> {
                Expression.Between between = (Expression.Between) expression;
                yield "(" + print(between.value()) + " BETWEEN " + print(between.low()) + " AND "
                        + print(between.high()) + ")";
            }
            case IN -> {
                Expression.In in = (Expression.In) expression;
                yield "(" + print(in.value()) + " IN " + print(in.candidates()) + ")";
            }
            case IS -> {
                Expression.Is is = (Expression.Is) expression;
                yield "(" + print(is.value()) + " IS " + is.type() + ")";
            }
            case AND -> "(" + list(((Expression.And) expression).terms(), " AND ") + ")";
            case OR -> "(" + list(((Expression.Or) expression).terms(), " OR ") + ")";
            case NOT -> "(NOT " + print(((Expression.Not) expression).term()) + ")";
        };
    }

    private static String list(List<Expression> expressions, String separator) {
        return expressions.stream().map(StatementPrinter::print).collect(Collectors.joining(separator));
    }

    private static String literal(AttributeValue value) {
        return switch (value.type()) {
            case S -> string(((AttributeValue.S) value).value());
            case N -> ((AttributeValue.N) value).value().toString();
            case BOOL -> ((AttributeValue.Bool) value).value() ? "true" : "FALSE";
            case NULL -> "null";
            case B, L, M, SS, NS, BS -> throw new IllegalArgumentException("no literal: " + value);
        };
    }

    private static String string(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
