package io.tailrace.engine.expression;

/** The kinds of tokens; keywords are keywords in every kind of expression. */
enum TokenType {
    NAME,
    ALIAS,
    VALUE,
    NUMBER,
    AND,
    OR,
    NOT,
    BETWEEN,
    IN,
    SET,
    REMOVE,
    ADD,
    DELETE,
    LEFT_PARENTHESIS,
    RIGHT_PARENTHESIS,
    LEFT_BRACKET,
    RIGHT_BRACKET,
    DOT,
    COMMA,
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    PLUS,
    MINUS,
    /** A character that begins no token; no rule accepts it. */
    UNKNOWN,
    /** After the last token; it stands for the rest of the text, white space. */
    END
}
