package io.tailrace.engine.expression;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The parser's view of an expression: the tokens, the place reached, and what is counted on the way. */
final class TokenStream {
    private final ExpressionKind kind;
    private final String text;
    private final List<Token> tokens;
    private int position;
    private int operators;
    private int depth;

    private TokenStream(ExpressionKind kind, String text, List<Token> tokens) {
        this.kind = kind;
        this.text = text;
        this.tokens = tokens;
    }

    static TokenStream of(ExpressionKind kind, String text) {
        if (text.isEmpty()) {
            throw kind.invalid("The expression can not be empty;");
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > ExpressionLimits.MAX_EXPRESSION_BYTES) {
            String size = kind == ExpressionKind.UPDATE ? "" : " expression size: " + bytes;
            throw kind.invalid("Expression size has exceeded the maximum allowed size;" + size);
        }
        return new TokenStream(kind, text, Lexer.tokens(text));
    }

    ExpressionKind kind() {
        return kind;
    }

    Token peek() {
        return tokens.get(position);
    }

    boolean at(TokenType type) {
        return peek().type() == type;
    }

    /** Whether the token after the current one is of the type. */
    boolean isFollowedBy(TokenType type) {
        return position + 1 < tokens.size() && tokens.get(position + 1).type() == type;
    }

    Token next() {
        Token token = peek();
        if (token.type() != TokenType.END) {
            position++;
        }
        return token;
    }

    boolean accept(TokenType type) {
        if (at(type)) {
            next();
            return true;
        }
        return false;
    }

    Token expect(TokenType type) {
        if (!at(type)) {
            throw syntaxError();
        }
        return next();
    }

    /** The current token fits nowhere: it is reported with its neighbours. */
    ExpressionException syntaxError() {
        Token token = peek();
        int from = position == 0 ? 0 : tokens.get(position - 1).start();
        int nextIndex = Math.min(position + 1, tokens.size() - 1);
        Token after = tokens.get(nextIndex);
        int to = after.type() == TokenType.END ? text.length() : after.end();
        return kind.invalid(
                "Syntax error; token: \"" + token.text() + "\", near: \"" + text.substring(from, to) + "\"");
    }

    void countOperator() {
        operators++;
    }

    /** Enters parentheses; see {@link ExpressionLimits#MAX_PARSER_DEPTH}. */
    void enterParentheses() {
        if (++depth > ExpressionLimits.MAX_PARSER_DEPTH) {
            throw redundantParentheses();
        }
    }

    /** Enters a function's operands; see {@link ExpressionLimits#MAX_PARSER_DEPTH}. */
    void enterCall() {
        if (++depth > ExpressionLimits.MAX_PARSER_DEPTH) {
            throw tooManyOperators();
        }
    }

    void leave() {
        depth--;
    }

    /** Called when all names and functions have been looked at. */
    void checkOperators() {
        if (operators > ExpressionLimits.MAX_OPERATORS) {
            throw tooManyOperators();
        }
    }

    ExpressionException redundantParentheses() {
        return kind.invalid("The expression has redundant parentheses;");
    }

    /** DynamoDB stops counting at the first operator too many. */
    private ExpressionException tooManyOperators() {
        return kind.invalid(
                "The expression contains too many operators; operator count: " + (ExpressionLimits.MAX_OPERATORS + 1));
    }
}
