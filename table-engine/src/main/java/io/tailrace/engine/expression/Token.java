package io.tailrace.engine.expression;

/** A token with its place in the text: from start (inclusive) to end (exclusive). */
record Token(TokenType type, String text, int start, int end) {}
