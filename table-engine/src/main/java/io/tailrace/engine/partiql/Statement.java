package io.tailrace.engine.partiql;

import io.tailrace.engine.expression.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A parsed statement. Parameters are still question marks in it, which {@link StatementBinder} replaces. */
public sealed interface Statement {
    /** The sorts of statements. */
    enum Kind {
        SELECT,
        INSERT,
        UPDATE,
        DELETE,
        EXISTS
    }

    Kind kind();

    /** What the statement is about. */
    TableName table();

    /**
     * SELECT.
     *
     * @param projection what is returned of an item; empty for all of it
     */
    record Select(TableName table, List<Path> projection, Optional<Expression> where, List<OrderKey> orderBy)
            implements Statement {
        public Select {
            Objects.requireNonNull(table);
            projection = List.copyOf(projection);
            Objects.requireNonNull(where);
            orderBy = List.copyOf(orderBy);
        }

        @Override
        public Kind kind() {
            return Kind.SELECT;
        }
    }

    /** One key of ORDER BY. */
    record OrderKey(Path path, boolean ascending) {
        public OrderKey {
            Objects.requireNonNull(path);
        }
    }

    /** INSERT INTO table VALUE value. */
    record Insert(TableName table, Expression value) implements Statement {
        public Insert {
            Objects.requireNonNull(table);
            Objects.requireNonNull(value);
        }

        @Override
        public Kind kind() {
            return Kind.INSERT;
        }
    }

    /** UPDATE. */
    record Update(TableName table, List<Change> changes, Optional<Expression> where, Returning returning)
            implements Statement {
        public Update {
            Objects.requireNonNull(table);
            changes = List.copyOf(changes);
            Objects.requireNonNull(where);
            Objects.requireNonNull(returning);
        }

        @Override
        public Kind kind() {
            return Kind.UPDATE;
        }
    }

    /**
     * One change of an update.
     *
     * @param value what the path is set to; empty when it is removed
     */
    record Change(Path path, Optional<Expression> value) {
        public Change {
            Objects.requireNonNull(path);
            Objects.requireNonNull(value);
        }
    }

    /** DELETE. */
    record Delete(TableName table, Optional<Expression> where, Returning returning) implements Statement {
        public Delete {
            Objects.requireNonNull(table);
            Objects.requireNonNull(where);
            Objects.requireNonNull(returning);
        }

        @Override
        public Kind kind() {
            return Kind.DELETE;
        }
    }

    /** EXISTS(SELECT ...), the condition check of transactions. */
    record Exists(Select select) implements Statement {
        public Exists {
            Objects.requireNonNull(select);
        }

        @Override
        public TableName table() {
            return select.table();
        }

        @Override
        public Kind kind() {
            return Kind.EXISTS;
        }
    }
}
