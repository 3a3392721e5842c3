package io.tailrace.engine.partiql;

import java.util.Locale;

/**
 * A token of a statement.
 *
 * @param text what it stands for: names and strings without their quotes, symbols as they are
 * @param position where it begins and how long it is, as the service says it: line, column and length in characters
 */
record Token(TokenType type, String text, String position) {

    boolean isSymbol(String symbol) {
        return type == TokenType.SYMBOL && text.equals(symbol);
    }

    /** Whether this is the word, in any case. */
    boolean isWord(String word) {
        return type == TokenType.WORD && text.equalsIgnoreCase(word);
    }

    /** Whether this is a word that is no name unless it is quoted. */
    boolean isKeyword() {
        return type == TokenType.WORD && Keywords.contains(text.toUpperCase(Locale.ROOT));
    }
}
