package io.tailrace.engine.expression;

import java.util.List;

/**
 * What the parser makes of the text: its shape, with functions and names not yet looked at. DynamoDB reports a fault of
 * grammar anywhere in the text before it reports any name or function, so the typed tree is built in a second step.
 *
 * @param token the operator, the function's name or the value's placeholder; null for a path
 * @param steps of a path: the tokens of its names, placeholders and positions
 * @param children operands or conditions
 * @param parenthesized whether the node itself stood in parentheses
 */
record SyntaxNode(Type type, Token token, List<Token> steps, List<SyntaxNode> children, boolean parenthesized) {
    /** The shapes. */
    enum Type {
        PATH,
        VALUE,
        CALL,
        COMPARISON,
        BETWEEN,
        IN,
        AND,
        OR,
        NOT,
        ARITHMETIC
    }

    static SyntaxNode path(List<Token> steps) {
        return new SyntaxNode(Type.PATH, null, steps, List.of(), false);
    }

    static SyntaxNode value(Token token) {
        return new SyntaxNode(Type.VALUE, token, List.of(), List.of(), false);
    }

    static SyntaxNode of(Type type, Token token, List<SyntaxNode> children) {
        return new SyntaxNode(type, token, List.of(), children, false);
    }

    SyntaxNode inParentheses() {
        return new SyntaxNode(type, token, steps, children, true);
    }

    /** Whether this can only be an operand, so that an operator must follow. */
    boolean isPlainOperand() {
        return type == Type.PATH || type == Type.VALUE;
    }

    /** Whether this can be an operand: a function may be either. */
    boolean isOperand() {
        return isPlainOperand() || type == Type.CALL;
    }
}
