package io.tailrace.server.crash;

import io.tailrace.schemas.model.Item;

/**
 * What a write asks of the item before.
 *
 * @param id of {@link Kind#SAME}: the write that must have left the item
 */
record Condition(Kind kind, int id) {
    static final Condition NONE = new Condition(Kind.NONE, 0);
    static final Condition EXISTS = new Condition(Kind.EXISTS, 0);
    static final Condition ABSENT = new Condition(Kind.ABSENT, 0);

    /** The kinds of conditions. */
    enum Kind {
        NONE,
        EXISTS,
        ABSENT,
        SAME
    }

    static Condition same(int id) {
        return new Condition(Kind.SAME, id);
    }

    boolean holds(Item old) {
        return switch (kind) {
            case NONE -> true;
            case EXISTS -> old != null;
            case ABSENT -> old == null;
            case SAME -> old != null && Effect.id(old) == id;
        };
    }

    /** As an expression, in which {@code :same} stands for the id; null for none. */
    String expression() {
        return switch (kind) {
            case NONE -> null;
            case EXISTS -> "attribute_exists(pk)";
            case ABSENT -> "attribute_not_exists(pk)";
            case SAME -> "op = :same";
        };
    }
}
