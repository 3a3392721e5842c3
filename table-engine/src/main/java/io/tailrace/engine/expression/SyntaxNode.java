package io.tailrace.engine.expression;

import java.util.List;

/**
 * What the parser makes of the text: its shape, with functions and names not yet looked at. DynamoDB reports a fault of
 * grammar anywhere in the text before it reports any name or function, so the typed tree is built in a second step.
 *
 * @param token the operator, the function's name or the value's placeholder; null for a path
 * @param steps of a path: the tokens of its names, placeholders and positions
 * @param children operands or conditions
 * @param parentheses how many pairs of parentheses stood directly around it
 */
record SyntaxNode(Shape shape, Token token, List<Token> steps, List<SyntaxNode> children, int parentheses) {
    /** The shapes. */
    enum Shape {
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
        return new SyntaxNode(Shape.PATH, null, steps, List.of(), 0);
    }

    static SyntaxNode value(Token token) {
        return new SyntaxNode(Shape.VALUE, token, List.of(), List.of(), 0);
    }

    static SyntaxNode of(Shape shape, Token token, List<SyntaxNode> children) {
        return new SyntaxNode(shape, token, List.of(), children, 0);
    }

    SyntaxNode inParentheses() {
        return new SyntaxNode(shape, token, steps, children, parentheses + 1);
    }

    boolean hasRedundantParentheses() {
        return parentheses > 1;
    }

    /** Whether this can only be an operand, so that an operator must follow. */
    boolean isPlainOperand() {
        return shape == Shape.PATH || shape == Shape.VALUE;
    }

    /** Whether this can be an operand: a function may be either. */
    boolean isOperand() {
        return isPlainOperand() || shape == Shape.CALL;
    }
}
