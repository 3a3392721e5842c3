package io.tailrace.engine.partiql;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.StatementErrorMessages;
import io.tailrace.engine.expression.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Parses statements; the grammar is in the package's description. */
public final class StatementParser {
    private static final Set<String> CLAUSES_OF_OTHERS = Set.of("GROUP", "HAVING", "LIMIT", "OFFSET", "LET");

    private final TokenCursor tokens;
    private final ExpressionParser expressions;

    private StatementParser(String text) {
        tokens = new TokenCursor(StatementLexer.tokens(text));
        expressions = new ExpressionParser(tokens);
    }

    /**
     * A statement and how many parameters it takes.
     *
     * @param parameterCount question marks in the text
     */
    public record Parsed(Statement statement, int parameterCount) {}

    /** @throws DynamoException when the text is no statement that DynamoDB has */
    public static Parsed parse(String text) {
        StatementParser parser = new StatementParser(text);
        Statement statement = parser.statement();
        parser.tokens.acceptSymbol(";");
        parser.tokens.expectEnd();
        return new Parsed(statement, parser.expressions.parameterCount());
    }

    private Statement statement() {
        if (tokens.acceptWord("SELECT")) {
            return select();
        }
        if (tokens.acceptWord("INSERT")) {
            return insert();
        }
        if (tokens.acceptWord("UPDATE")) {
            return update();
        }
        if (tokens.acceptWord("DELETE")) {
            return delete();
        }
        if (tokens.acceptWord("FROM")) {
            return updateAfterFrom();
        }
        if (tokens.acceptWord("EXISTS")) {
            tokens.expectSymbol("(");
            tokens.expectWord("SELECT");
            Statement.Select select = select();
            tokens.expectSymbol(")");
            return new Statement.Exists(select);
        }
        Token first = tokens.peek();
        if (first.type() == TokenType.WORD) {
            throw DynamoException.validation(
                    StatementErrorMessages.unsupportedOperation(first.text().toUpperCase(Locale.ROOT)));
        }
        throw tokens.unexpected();
    }

    private Statement.Select select() {
        List<Path> projection = projection();
        tokens.expectWord("FROM");
        TableName table = table();
        checkEndOfFrom();
        Optional<Expression> where = where();
        List<Statement.OrderKey> orderBy = new ArrayList<>();
        if (tokens.acceptWord("ORDER")) {
            tokens.expectWord("BY");
            do {
                orderBy.add(orderKey());
            } while (tokens.acceptSymbol(","));
        }
        checkNoOtherClause();
        return new Statement.Select(table, projection, where, orderBy);
    }

    private List<Path> projection() {
        List<Path> paths = new ArrayList<>();
        if (tokens.acceptSymbol("*")) {
            return paths;
        }
        do {
            if (tokens.peek().type() == TokenType.WORD && tokens.peekSecond().isSymbol("(")) {
                throw DynamoException.validation(StatementErrorMessages.functionInProjection(
                        tokens.peek().position()));
            }
            paths.add(expressions.path());
            checkNoAlias();
        } while (tokens.acceptSymbol(","));
        return paths;
    }

    private boolean isAlias() {
        Token token = tokens.peek();
        boolean name = token.type() == TokenType.QUOTED_NAME || token.type() == TokenType.WORD && !token.isKeyword();
        return name || token.isWord("AS");
    }

    private void checkNoAlias() {
        if (isAlias()) {
            throw DynamoException.validation(StatementErrorMessages.aliasing());
        }
    }

    private void checkEndOfFrom() {
        checkNoOtherClause();
        checkNoAlias();
        if (tokens.peek().isSymbol(",") || tokens.peek().isWord("JOIN")) {
            throw DynamoException.validation(StatementErrorMessages.severalSources());
        }
    }

    private void checkNoOtherClause() {
        Token token = tokens.peek();
        String word = token.text().toUpperCase(Locale.ROOT);
        if (token.type() == TokenType.WORD && CLAUSES_OF_OTHERS.contains(word)) {
            throw DynamoException.validation(
                    StatementErrorMessages.unsupportedClause(word.equals("GROUP") ? "GROUP BY" : word));
        }
    }

    private Statement.OrderKey orderKey() {
        Path path = expressions.path();
        boolean descending = tokens.acceptWord("DESC");
        if (!descending) {
            tokens.acceptWord("ASC");
        }
        return new Statement.OrderKey(path, !descending);
    }

    private Statement insert() {
        tokens.expectWord("INTO");
        TableName table = table();
        if (isAlias()) {
            throw TokenCursor.malformed("Unexpected token after expression");
        }
        tokens.expectWord("VALUE");
        Expression value = expressions.item();
        if (tokens.peek().isWord("RETURNING")) {
            throw DynamoException.validation(StatementErrorMessages.returningOfInsert());
        }
        return new Statement.Insert(table, value);
    }

    private Statement update() {
        TableName table = table();
        checkNoAlias();
        List<Statement.Change> changes = changes();
        return new Statement.Update(table, changes, where(), returning());
    }

    /** UPDATE the other way around: what is updated stands before what is done to it. */
    private Statement updateAfterFrom() {
        TableName table = table();
        checkNoAlias();
        Optional<Expression> where = where();
        return new Statement.Update(table, changes(), where, returning());
    }

    private List<Statement.Change> changes() {
        List<Statement.Change> changes = new ArrayList<>();
        while (true) {
            if (tokens.acceptWord("SET")) {
                do {
                    changes.add(assignment());
                } while (tokens.acceptSymbol(","));
            } else if (tokens.acceptWord("REMOVE")) {
                changes.add(new Statement.Change(expressions.path(), Optional.empty()));
            } else {
                break;
            }
        }
        if (changes.isEmpty()) {
            throw tokens.unexpected();
        }
        return changes;
    }

    private Statement.Change assignment() {
        Path path = expressions.path();
        tokens.expectSymbol("=");
        return new Statement.Change(path, Optional.of(expressions.expression()));
    }

    private Statement delete() {
        tokens.expectWord("FROM");
        TableName table = table();
        checkNoAlias();
        return new Statement.Delete(table, where(), returning());
    }

    private Optional<Expression> where() {
        return tokens.acceptWord("WHERE") ? Optional.of(expressions.expression()) : Optional.empty();
    }

    private Returning returning() {
        if (!tokens.acceptWord("RETURNING")) {
            return Returning.NOTHING;
        }
        String extent = takeOneOf("ALL", "MODIFIED");
        String image = takeOneOf("OLD", "NEW");
        tokens.expectSymbol("*");
        return Returning.valueOf(extent + "_" + image);
    }

    private String takeOneOf(String one, String other) {
        if (tokens.acceptWord(one)) {
            return one;
        }
        tokens.expectWord(other);
        return other;
    }

    private TableName table() {
        String table = tableName();
        if (!tokens.acceptSymbol(".")) {
            return new TableName(table, Optional.empty());
        }
        String index = tableName();
        if (tokens.peek().isSymbol(".")) {
            throw DynamoException.validation(StatementErrorMessages.pathTooLongInFrom());
        }
        return new TableName(table, Optional.of(index));
    }

    private String tableName() {
        if (tokens.peek().type() != TokenType.WORD && tokens.peek().type() != TokenType.QUOTED_NAME) {
            throw TokenCursor.malformed("Expected identifier for simple path");
        }
        if (tokens.peek().text().isEmpty()) {
            throw DynamoException.validation(StatementErrorMessages.emptyPathComponent());
        }
        return expressions.name();
    }
}
