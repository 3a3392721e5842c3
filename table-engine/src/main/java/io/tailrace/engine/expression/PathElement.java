package io.tailrace.engine.expression;

/** One step of a document path. */
public sealed interface PathElement {
    /** An attribute's or map member's name. */
    record Name(String name) implements PathElement {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A #placeholder, with its sign, for a name that binding finds. */
    record Alias(String alias) implements PathElement {
        @Override
        public String toString() {
            return alias;
        }
    }

    /** A list position, from 0. */
    record Index(int index) implements PathElement {
        public Index {
            if (index < 0) {
                throw new IllegalArgumentException("list index " + index);
            }
        }

        @Override
        public String toString() {
            return "[" + index + "]";
        }
    }
}
