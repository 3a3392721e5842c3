package io.tailrace.engine.partiql;

import java.util.Objects;

/**
 * Where in a statement something stands, as the service's messages say it: line, column and length in characters. That is no
 * part of what an expression means, so all positions are equal.
 */
public final class Position {
    /** Of what was not read from a text. */
    static final Position NONE = new Position("0:0:0");

    private final String text;

    Position(String text) {
        this.text = Objects.requireNonNull(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Position;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
