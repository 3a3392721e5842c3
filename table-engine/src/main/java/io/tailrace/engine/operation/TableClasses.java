package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.error.TableErrorMessages;
import io.tailrace.engine.limits.Limits;
import io.tailrace.schemas.model.TableClass;
import io.tailrace.schemas.model.TableDetails;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Table classes and when they changed. (Developer Guide, "Table classes"; API Reference, TableClassSummary.) */
final class TableClasses {
    private TableClasses() {}

    /** @param requested null for the standard class */
    static TableClass of(String requested) {
        return requested == null ? TableClass.STANDARD : TableClass.valueOf(requested);
    }

    /** Null for a table that always was of the standard class. */
    static TableClassSummary summary(TableDetails details) {
        List<Instant> changes = details.tableClassChanges();
        if (changes.isEmpty()) {
            return details.tableClass() == TableClass.STANDARD
                    ? null
                    : new TableClassSummary(details.tableClass().name(), null);
        }
        return new TableClassSummary(details.tableClass().name(), changes.get(changes.size() - 1));
    }

    /**
     * The table with another class; the same when it has that class already.
     *
     * @throws DynamoException LimitExceededException when the class was changed twice in the last thirty days
     */
    static TableDetails changed(TableDetails details, TableClass wanted, Instant now) {
        List<Instant> recent = new ArrayList<>(details.tableClassChanges());
        recent.removeIf(change -> !change.isAfter(now.minus(Limits.TABLE_CLASS_CHANGE_PERIOD)));
        if (recent.size() >= Limits.TABLE_CLASS_CHANGES) {
            throw new DynamoException(ErrorType.LIMIT_EXCEEDED, TableErrorMessages.tooManyTableClassChanges());
        }
        if (wanted == details.tableClass()) {
            return details;
        }
        recent.add(now);
        return details.withTableClass(wanted, recent);
    }
}
