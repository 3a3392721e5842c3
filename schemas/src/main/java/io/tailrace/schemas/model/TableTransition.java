package io.tailrace.schemas.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * A status that a table has for a while.
 *
 * @param status not ACTIVE
 * @param end cut to microseconds; then the table is active, or gone when it is being deleted
 */
public record TableTransition(TableStatus status, Instant end) {
    public TableTransition {
        Objects.requireNonNull(status);
        end = end.truncatedTo(ChronoUnit.MICROS);
    }

    public boolean isOver(Instant now) {
        return !now.isBefore(end);
    }
}
