package io.tailrace.engine.partiql;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.StatementErrorMessages;
import java.util.ArrayList;
import java.util.List;

/** Cuts a statement into tokens. */
final class StatementLexer {
    /** Longer ones first, so that none hides behind its beginning. */
    private static final List<String> SYMBOLS = List.of(
            "<<", ">>", "<>", "<=", ">=", "!=", "||", "(", ")", "[", "]", "{", "}", ",", ".", ":", ";", "?", "*", "=",
            "<", ">", "+", "-", "/", "%");

    private final String text;
    private int at;
    /** Where the line that is being read begins, which line that is, and up to where lines have been counted. */
    private int lineStart;

    private int line = 1;
    private int counted;

    private StatementLexer(String text) {
        this.text = text;
    }

    /** The tokens of {@code statement}, with an END token as the last. */
    static List<Token> tokens(String statement) {
        StatementLexer lexer = new StatementLexer(statement);
        List<Token> tokens = new ArrayList<>();
        Token token;
        do {
            token = lexer.next();
            tokens.add(token);
        } while (token.type() != TokenType.END);
        return tokens;
    }

    private Token next() {
        skipBlanksAndComments();
        int from = at;
        Token token = unplaced();
        for (; counted < from; counted++) {
            if (text.charAt(counted) == '\n') {
                line++;
                lineStart = counted + 1;
            }
        }
        return new Token(token.type(), token.text(), line + ":" + (from - lineStart + 1) + ":" + (at - from));
    }

    /** The next token, but for its place. */
    private Token unplaced() {
        if (at == text.length()) {
            return token(TokenType.END, "");
        }
        char c = text.charAt(at);
        if (c == '\'') {
            return token(TokenType.STRING, quoted('\''));
        }
        if (c == '"') {
            return token(TokenType.QUOTED_NAME, quoted('"'));
        }
        if (isDigit(at) || c == '.' && isDigit(at + 1)) {
            return token(TokenType.NUMBER, number());
        }
        if (isWordStart(c)) {
            int from = at;
            while (at < text.length() && (isWordStart(text.charAt(at)) || isDigit(at))) {
                at++;
            }
            return token(TokenType.WORD, text.substring(from, at));
        }
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                return token(TokenType.SYMBOL, symbol);
            }
        }
        throw malformed();
    }

    private static Token token(TokenType type, String text) {
        return new Token(type, text, "");
    }

    private void skipBlanksAndComments() {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("--", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end + 1;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw malformed();
                }
                at = end + 2;
            } else {
                return;
            }
        }
    }

    /** What stands between quotes; a doubled quote is one of the text. */
    private String quoted(char quote) {
        StringBuilder content = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != quote) {
                content.append(c);
            } else if (at < text.length() && text.charAt(at) == quote) {
                content.append(quote);
                at++;
            } else {
                return content.toString();
            }
        }
        throw malformed();
    }

    private String number() {
        int from = at;
        skipDigits();
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            skipDigits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            if (!isDigit(at)) {
                throw malformed();
            }
            skipDigits();
        }
        if (at < text.length() && isWordStart(text.charAt(at))) {
            throw malformed();
        }
        return text.substring(from, at);
    }

    private void skipDigits() {
        while (isDigit(at)) {
            at++;
        }
    }

    private boolean isDigit(int position) {
        return position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9';
    }

    private static boolean isWordStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$';
    }

    private static DynamoException malformed() {
        return DynamoException.validation(StatementErrorMessages.malformed(""));
    }
}
