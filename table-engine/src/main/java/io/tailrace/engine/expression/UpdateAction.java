package io.tailrace.engine.expression;

import java.util.Objects;

/** One action of an update expression, on one path. */
public sealed interface UpdateAction {
    /** The four clauses, spelled as expressions do. */
    enum Kind {
        SET,
        REMOVE,
        ADD,
        DELETE
    }

    Kind kind();

    /** What the action changes. */
    Path path();

    /** SET path = value. */
    record Set(Path path, SetValue value) implements UpdateAction {
        public Set {
            Objects.requireNonNull(path);
            Objects.requireNonNull(value);
        }

        @Override
        public Kind kind() {
            return Kind.SET;
        }
    }

    /** REMOVE path. */
    record Remove(Path path) implements UpdateAction {
        public Remove {
            Objects.requireNonNull(path);
        }

        @Override
        public Kind kind() {
            return Kind.REMOVE;
        }
    }

    /** ADD path value: a number to a number, elements to a set. */
    record Add(Path path, Operand value) implements UpdateAction {
        public Add {
            Objects.requireNonNull(path);
            Objects.requireNonNull(value);
        }

        @Override
        public Kind kind() {
            return Kind.ADD;
        }
    }

    /** DELETE path value: elements from a set. */
    record Delete(Path path, Operand value) implements UpdateAction {
        public Delete {
            Objects.requireNonNull(path);
            Objects.requireNonNull(value);
        }

        @Override
        public Kind kind() {
            return Kind.DELETE;
        }
    }
}
