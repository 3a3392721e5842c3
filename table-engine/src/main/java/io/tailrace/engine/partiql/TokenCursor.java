package io.tailrace.engine.partiql;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.StatementErrorMessages;
import java.util.List;

/** The tokens of a statement and how far the parser has come. */
final class TokenCursor {
    private final List<Token> tokens;
    private int at;

    TokenCursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    /** The token after the next one; the last when there is none. */
    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    /** The next token, which is left behind unless it is the end. */
    Token take() {
        Token token = tokens.get(at);
        if (token.type() != TokenType.END) {
            at++;
        }
        return token;
    }

    boolean acceptWord(String word) {
        if (!peek().isWord(word)) {
            return false;
        }
        at++;
        return true;
    }

    boolean acceptSymbol(String symbol) {
        if (!peek().isSymbol(symbol)) {
            return false;
        }
        at++;
        return true;
    }

    void expectWord(String word) {
        if (!acceptWord(word)) {
            throw malformed("Expected " + word);
        }
    }

    void expectSymbol(String symbol) {
        if (!acceptSymbol(symbol)) {
            throw malformed("Expected '" + symbol + "'");
        }
    }

    void expectEnd() {
        if (peek().type() != TokenType.END) {
            throw malformed("Unexpected token after expression");
        }
    }

    /** The refusal of what stands here. */
    DynamoException unexpected() {
        return malformed(peek().isKeyword() ? "Unexpected keyword" : "Unexpected term");
    }

    static DynamoException malformed(String detail) {
        return DynamoException.validation(StatementErrorMessages.malformed(detail));
    }
}
