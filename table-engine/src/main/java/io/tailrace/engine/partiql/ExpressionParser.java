package io.tailrace.engine.partiql;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.StatementErrorMessages;
import io.tailrace.engine.expression.Arithmetic;
import io.tailrace.engine.expression.ComparisonOperator;
import io.tailrace.engine.expression.Path;
import io.tailrace.engine.expression.PathElement;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.DynamoNumber;
import io.tailrace.schemas.model.NumberRangeException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Parses expressions by recursive descent; how deep they nest is bounded. */
final class ExpressionParser {
    /** Deeper than any value (32 levels) within any sensible condition; keeps hostile text from exhausting the stack. */
    static final int MAX_DEPTH = 128;

    private final TokenCursor tokens;
    private int depth;
    private int parameters;
    /** Where in a value the parser is. */
    private final Deque<String> places = new ArrayDeque<>();
    /** How many of the places are those of an item's attributes. */
    private int itemPlaces;

    ExpressionParser(TokenCursor tokens) {
        this.tokens = tokens;
    }

    /** How many question marks there were so far. */
    int parameterCount() {
        return parameters;
    }

    Expression expression() {
        return nested(() -> {
            Expression first = andTerm();
            if (!tokens.peek().isWord("OR")) {
                return first;
            }
            List<Expression> terms = new ArrayList<>(List.of(first));
            while (tokens.acceptWord("OR")) {
                terms.add(andTerm());
            }
            return new Expression.Or(terms);
        });
    }

    private Expression andTerm() {
        Expression first = notTerm();
        if (!tokens.peek().isWord("AND")) {
            return first;
        }
        List<Expression> terms = new ArrayList<>(List.of(first));
        while (tokens.acceptWord("AND")) {
            terms.add(notTerm());
        }
        return new Expression.And(terms);
    }

    private Expression notTerm() {
        return tokens.acceptWord("NOT") ? nested(() -> new Expression.Not(notTerm())) : predicate();
    }

    private Expression predicate() {
        Expression value = sum();
        int chained = 0;
        while (true) {
            Expression next = predicateOn(value);
            if (next == null) {
                return value;
            }
            checkDepth(++chained);
            value = next;
        }
    }

    /** The predicate that begins with {@code value}, or null when nothing of the kind follows. */
    private Expression predicateOn(Expression value) {
        ComparisonOperator operator = comparator(tokens.peek());
        if (operator != null) {
            tokens.take();
            return new Expression.Comparison(operator, value, sum());
        }
        if (tokens.acceptWord("IS")) {
            boolean negated = tokens.acceptWord("NOT");
            Expression is = new Expression.Is(value, typeName());
            return negated ? new Expression.Not(is) : is;
        }
        boolean negated = tokens.peek().isWord("NOT");
        Token keyword = negated ? tokens.peekSecond() : tokens.peek();
        if (!keyword.isWord("BETWEEN") && !keyword.isWord("IN")) {
            return null;
        }
        if (negated) {
            tokens.take();
        }
        Expression predicate = tokens.take().isWord("IN") ? in(value) : between(value);
        return negated ? new Expression.Not(predicate) : predicate;
    }

    private Expression between(Expression value) {
        Expression low = sum();
        tokens.expectWord("AND");
        return new Expression.Between(value, low, sum());
    }

    private Expression in(Expression value) {
        if (!tokens.acceptSymbol("(")) {
            return new Expression.In(value, sum());
        }
        return new Expression.In(value, new Expression.ListOf(elements(")", false)));
    }

    private static ComparisonOperator comparator(Token token) {
        if (token.type() != TokenType.SYMBOL) {
            return null;
        }
        return switch (token.text()) {
            case "=" -> ComparisonOperator.EQ;
            case "<>", "!=" -> ComparisonOperator.NE;
            case "<" -> ComparisonOperator.LT;
            case "<=" -> ComparisonOperator.LE;
            case ">" -> ComparisonOperator.GT;
            case ">=" -> ComparisonOperator.GE;
            default -> null;
        };
    }

    private String typeName() {
        if (tokens.peek().type() != TokenType.WORD) {
            throw tokens.unexpected();
        }
        return tokens.take().text().toUpperCase(Locale.ROOT);
    }

    private Expression sum() {
        Expression left = primary();
        int chained = 0;
        while (tokens.peek().isSymbol("+") || tokens.peek().isSymbol("-")) {
            checkDepth(++chained);
            Arithmetic.Operator operator =
                    tokens.take().isSymbol("+") ? Arithmetic.Operator.PLUS : Arithmetic.Operator.MINUS;
            left = new Expression.Sum(operator, left, primary());
        }
        return left;
    }

    private Expression primary() {
        Token token = tokens.peek();
        return switch (token.type()) {
            case STRING -> {
                tokens.take();
                yield new Expression.Literal(AttributeValue.string(token.text()));
            }
            case NUMBER -> {
                tokens.take();
                yield number(token.text());
            }
            case SYMBOL -> symbolic(token);
            case WORD -> wordy(token);
            case QUOTED_NAME -> new Expression.PathReference(path(), new Position(token.position()));
            case END -> throw tokens.unexpected();
        };
    }

    private Expression symbolic(Token token) {
        tokens.take();
        return switch (token.text()) {
            case "?" -> new Expression.Parameter(parameters++);
            case "+", "-" -> signed(token.text());
            case "(" -> parenthesized();
            case "[" -> nested(() -> new Expression.ListOf(placed(position -> "[" + position + "]", "]")));
            case "<<" -> nested(() -> new Expression.Bag(elements(">>", true)));
            case "{" -> nested(this::struct);
            default -> throw TokenCursor.malformed("Unexpected term");
        };
    }

    private Expression signed(String sign) {
        if (tokens.peek().type() != TokenType.NUMBER) {
            throw tokens.unexpected();
        }
        return number(sign + tokens.take().text());
    }

    private Expression wordy(Token token) {
        boolean name = !token.isKeyword() || token.isWord("SIZE") || token.isWord("EXISTS");
        if (name && tokens.peekSecond().isSymbol("(")) {
            tokens.take();
            tokens.take();
            return nested(() -> new Expression.Call(token.text(), elements(")", true), new Position(token.position())));
        }
        if (!token.isKeyword()) {
            return new Expression.PathReference(path(), new Position(token.position()));
        }
        if (tokens.acceptWord("TRUE")) {
            return new Expression.Literal(AttributeValue.Bool.TRUE);
        }
        if (tokens.acceptWord("FALSE")) {
            return new Expression.Literal(AttributeValue.Bool.FALSE);
        }
        if (tokens.acceptWord("NULL")) {
            return new Expression.Literal(AttributeValue.Null.INSTANCE);
        }
        if (tokens.acceptWord("MISSING")) {
            return new Expression.Missing();
        }
        throw tokens.unexpected();
    }

    private Expression parenthesized() {
        return nested(() -> {
            List<Expression> elements = elements(")", false);
            return elements.size() == 1 ? elements.get(0) : new Expression.ListOf(elements);
        });
    }

    /** Expressions with commas between them, and the symbol that closes them. */
    private List<Expression> elements(String close, boolean mayBeEmpty) {
        List<Expression> elements = new ArrayList<>();
        if (mayBeEmpty && tokens.acceptSymbol(close)) {
            return elements;
        }
        do {
            elements.add(expression());
        } while (tokens.acceptSymbol(","));
        tokens.expectSymbol(close);
        return elements;
    }

    /** The elements of a list, each of which has its place in the value. */
    private List<Expression> placed(IntFunction<String> placeOf, String close) {
        List<Expression> elements = new ArrayList<>();
        if (tokens.acceptSymbol(close)) {
            return elements;
        }
        do {
            elements.add(at(placeOf.apply(elements.size())));
        } while (tokens.acceptSymbol(","));
        tokens.expectSymbol(close);
        return elements;
    }

    /** An expression at a place within the value that is being read. */
    private Expression at(String place) {
        places.addLast(place);
        Expression expression = expression();
        places.removeLast();
        return expression;
    }

    /** The value of INSERT: each of its members is a value of its own. */
    Expression item() {
        itemPlaces = 1;
        return expression();
    }

    private Expression struct() {
        List<Expression.Member> members = new ArrayList<>();
        if (tokens.acceptSymbol("}")) {
            return new Expression.Struct(members);
        }
        do {
            if (tokens.peek().type() != TokenType.STRING) {
                throw TokenCursor.malformed("Expected a string as the name of a tuple's member");
            }
            String name = tokens.take().text();
            tokens.expectSymbol(":");
            members.add(new Expression.Member(name, at("." + name)));
        } while (tokens.acceptSymbol(","));
        tokens.expectSymbol("}");
        return new Expression.Struct(members);
    }

    /** A name, and what leads into the attribute of that name. */
    Path path() {
        List<PathElement> elements = new ArrayList<>();
        elements.add(new PathElement.Name(name()));
        while (true) {
            if (tokens.acceptSymbol(".")) {
                if (tokens.peek().isKeyword()) {
                    throw TokenCursor.malformed("Invalid path dot component");
                }
                elements.add(new PathElement.Name(name()));
            } else if (tokens.acceptSymbol("[")) {
                elements.add(subscript());
                tokens.expectSymbol("]");
            } else {
                return new Path(elements);
            }
        }
    }

    String name() {
        Token token = tokens.peek();
        if (token.type() != TokenType.QUOTED_NAME && (token.type() != TokenType.WORD || token.isKeyword())) {
            throw tokens.unexpected();
        }
        if (token.text().isEmpty()) {
            throw TokenCursor.malformed("Expected identifier for simple path");
        }
        return tokens.take().text();
    }

    private PathElement subscript() {
        Token token = tokens.take();
        if (token.type() == TokenType.STRING && !token.text().isEmpty()) {
            return new PathElement.Name(token.text());
        }
        if (token.type() != TokenType.NUMBER) {
            throw TokenCursor.malformed("Unexpected path component");
        }
        try {
            return new PathElement.Index(Integer.parseInt(token.text()));
        } catch (NumberFormatException notAnIndex) {
            throw TokenCursor.malformed("List index is not within the allowable range; index: [" + token.text() + "]");
        }
    }

    private Expression number(String text) {
        try {
            // Statements are read as BigDecimal reads numbers, whose exponents are of 32 bits.
            new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw TokenCursor.malformed("");
        }
        try {
            return new Expression.Literal(new AttributeValue.N(DynamoNumber.parse(text)));
        } catch (NumberRangeException e) {
            throw refused(
                    switch (e.violation()) {
                        case OVERFLOW -> StatementErrorMessages.numberOverflow();
                        case UNDERFLOW -> StatementErrorMessages.numberUnderflow();
                        case PRECISION -> StatementErrorMessages.numberPrecision();
                    });
        } catch (NumberFormatException e) {
            // It is a number, but one of too many digits.
            throw refused(StatementErrorMessages.numberPrecision());
        }
    }

    private DynamoException refused(String why) {
        String place = places.stream().skip(itemPlaces).collect(Collectors.joining());
        return DynamoException.validation(StatementErrorMessages.numberLiteral(why, place));
    }

    private <T> T nested(Supplier<T> parser) {
        depth++;
        checkDepth(0);
        T result = parser.get();
        depth--;
        return result;
    }

    private void checkDepth(int more) {
        if (depth + more > MAX_DEPTH) {
            throw DynamoException.validation(StatementErrorMessages.statementTooDeep());
        }
    }
}
