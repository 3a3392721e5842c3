package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.error.TableErrorMessages;
import io.tailrace.engine.writer.PlanContext;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TableStatus;
import io.tailrace.schemas.model.TableTransition;
import java.time.Duration;
import java.time.Instant;

/**
 * The states of tables: which of them refuse what, and how long they last. (API Reference, TableDescription, TableStatus;
 * CreateTable, UpdateTable and DeleteTable, ResourceInUseException.)
 */
final class TableStates {
    private TableStates() {}

    /** The state that begins now; null when it takes no time. */
    static TableTransition begin(TableStatus status, PlanContext context) {
        Duration delay = context.settings().tableTransition();
        return delay.isZero() ? null : new TableTransition(status, context.now().plus(delay));
    }

    /** A new table takes the place of none. */
    static void refuseExisting(TableDefinition table, Instant now) {
        throw inUse(
                table.status(now) == TableStatus.CREATING
                        ? TableErrorMessages.tableIsBeing("created", table.name())
                        : TableErrorMessages.tableAlreadyExists(table.name()));
    }

    static void requireDeletable(TableDefinition table, Instant now) {
        if (table.status(now) == TableStatus.UPDATING) {
            throw inUse(TableErrorMessages.tableIsInUpdate(table.name()));
        }
        requireSettled(table, now);
    }

    /**
     * Refuses what a table that is being created, updated or deleted cannot have.
     *
     * @throws DynamoException ResourceInUseException
     */
    static void requireActive(TableDefinition table, Instant now) {
        if (table.status(now) == TableStatus.UPDATING) {
            throw inUse(TableErrorMessages.tableIsBeing("updated", table.name()));
        }
        requireSettled(table, now);
    }

    /** Likewise, for what may happen to a table that is being updated. */
    static void requireSettled(TableDefinition table, Instant now) {
        switch (table.status(now)) {
            case CREATING -> throw inUse(TableErrorMessages.tableIsBeing("created", table.name()));
            case DELETING -> throw inUse(TableErrorMessages.tableIsBeing("deleted", table.name()));
            case UPDATING, ACTIVE -> {
                // is what it should be
            }
        }
    }

    /** Whether {@link #requireSettled} would pass. */
    static boolean isSettled(TableDefinition table, Instant now) {
        TableStatus status = table.status(now);
        return status == TableStatus.ACTIVE || status == TableStatus.UPDATING;
    }

    private static DynamoException inUse(String message) {
        return new DynamoException(ErrorType.RESOURCE_IN_USE, message);
    }
}
