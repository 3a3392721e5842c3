package io.tailrace.engine.expression;

/** Bounds on expressions. Source: Developer Guide, "Service, account, and table quotas", Expression parameters. */
final class ExpressionLimits {
    /** Longest expression, UTF-8 bytes. */
    static final int MAX_EXPRESSION_BYTES = 4096;

    /** Most operators and functions in one expression. */
    static final int MAX_OPERATORS = 300;

    /** Most operands to the right of IN. */
    static final int MAX_IN_OPERANDS = 100;

    /** Most elements of a document path: the depth of nesting of an item. */
    static final int MAX_PATH_ELEMENTS = 32;

    /** Longest placeholder (#name or :value), characters, with its first one. */
    static final int MAX_PLACEHOLDER_CHARACTERS = 255;

    /** Longest attribute name, UTF-8 bytes. */
    static final int MAX_ATTRIBUTE_NAME_BYTES = 65_535;

    /**
     * Deepest nesting of parentheses and calls that the parser follows. Every level of a valid expression costs an
     * operator, or its parentheses are redundant, so nothing valid is deeper than the number of operators allows. Keeps
     * hostile input from exhausting the stack.
     */
    static final int MAX_PARSER_DEPTH = MAX_OPERATORS + 10;

    private ExpressionLimits() {}
}
