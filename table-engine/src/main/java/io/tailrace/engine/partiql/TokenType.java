package io.tailrace.engine.partiql;

/** The sorts of tokens of a statement. */
enum TokenType {
    WORD,
    QUOTED_NAME,
    STRING,
    NUMBER,
    SYMBOL,
    END
}
