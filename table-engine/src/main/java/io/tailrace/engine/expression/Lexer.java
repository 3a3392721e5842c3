package io.tailrace.engine.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Cuts an expression's text into tokens. Never fails: what begins no token becomes an {@link TokenType#UNKNOWN} token, so
 * that the parser reports it in its place like any other token that does not fit.
 */
final class Lexer {
    private static final Map<String, TokenType> KEYWORDS = Map.of(
            "AND", TokenType.AND,
            "OR", TokenType.OR,
            "NOT", TokenType.NOT,
            "BETWEEN", TokenType.BETWEEN,
            "IN", TokenType.IN,
            "SET", TokenType.SET,
            "REMOVE", TokenType.REMOVE,
            "ADD", TokenType.ADD,
            "DELETE", TokenType.DELETE);

    private static final int LONGEST_KEYWORD = 7;

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    private Lexer(String text) {
        this.text = text;
    }

    /** All tokens of {@code text}, the last of type END. */
    static List<Token> tokens(String text) {
        return new Lexer(text).run();
    }

    /** Whether {@code text} is a placeholder: {@code sigil}, then at least one letter, digit or underscore. */
    static boolean isPlaceholder(char sigil, String text) {
        return text.length() > 1 && text.charAt(0) == sigil && endOfWord(text, 1) == text.length();
    }

    private List<Token> run() {
        while (true) {
            skipWhiteSpace();
            if (position == text.length()) {
                tokens.add(new Token(TokenType.END, "<EOF>", position, position));
                return tokens;
            }
            next();
        }
    }

    private void skipWhiteSpace() {
        while (position < text.length() && isWhiteSpace(text.charAt(position))) {
            position++;
        }
    }

    private void next() {
        char c = text.charAt(position);
        if (isLetter(c)) {
            int end = endOfWord(text, position);
            add(wordType(text.substring(position, end)), end);
        } else if (c == '#' || c == ':') {
            int end = endOfWord(text, position + 1);
            TokenType type = c == '#' ? TokenType.ALIAS : TokenType.VALUE;
            add(end == position + 1 ? TokenType.UNKNOWN : type, end);
        } else if (isDigit(c)) {
            add(TokenType.NUMBER, endOfNumber());
        } else {
            symbol(c);
        }
    }

    private void symbol(char c) {
        switch (c) {
            case '(' -> add(TokenType.LEFT_PARENTHESIS, position + 1);
            case ')' -> add(TokenType.RIGHT_PARENTHESIS, position + 1);
            case '[' -> add(TokenType.LEFT_BRACKET, position + 1);
            case ']' -> add(TokenType.RIGHT_BRACKET, position + 1);
            case '.' -> add(TokenType.DOT, position + 1);
            case ',' -> add(TokenType.COMMA, position + 1);
            case '+' -> add(TokenType.PLUS, position + 1);
            case '-' -> add(TokenType.MINUS, position + 1);
            case '=' -> add(TokenType.EQUAL, position + 1);
            case '<' -> {
                if (followedBy('>')) {
                    add(TokenType.NOT_EQUAL, position + 2);
                } else {
                    comparison(TokenType.LESS, TokenType.LESS_OR_EQUAL);
                }
            }
            case '>' -> comparison(TokenType.GREATER, TokenType.GREATER_OR_EQUAL);
            default -> add(TokenType.UNKNOWN, position + Character.charCount(text.codePointAt(position)));
        }
    }

    private void comparison(TokenType strict, TokenType orEqual) {
        if (followedBy('=')) {
            add(orEqual, position + 2);
        } else {
            add(strict, position + 1);
        }
    }

    private boolean followedBy(char c) {
        return position + 1 < text.length() && text.charAt(position + 1) == c;
    }

    private void add(TokenType type, int end) {
        tokens.add(new Token(type, text.substring(position, end), position, end));
        position = end;
    }

    /** Zero is a number of its own, so that 01 is two numbers, which no rule accepts. */
    private int endOfNumber() {
        int end = position + 1;
        if (text.charAt(position) != '0') {
            while (end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
        }
        return end;
    }

    private static TokenType wordType(String word) {
        if (word.length() > LONGEST_KEYWORD) {
            return TokenType.NAME;
        }
        return KEYWORDS.getOrDefault(word.toUpperCase(Locale.ROOT), TokenType.NAME);
    }

    private static int endOfWord(String text, int from) {
        int end = from;
        while (end < text.length() && isWordPart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isWhiteSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordPart(char c) {
        return isLetter(c) || isDigit(c) || c == '_';
    }
}
