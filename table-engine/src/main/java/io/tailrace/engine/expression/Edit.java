package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;

/** What an update does at one path: the value that is put there, or null when what is there goes away. */
record Edit(Path path, AttributeValue value) {
    boolean isRemoval() {
        return value == null;
    }
}
