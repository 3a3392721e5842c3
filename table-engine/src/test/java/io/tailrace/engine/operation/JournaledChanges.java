package io.tailrace.engine.operation;

import io.tailrace.engine.TableEngine;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalMutation;
import io.tailrace.engine.journal.JournalReader;
import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.model.Change;
import io.tailrace.schemas.model.Change.ItemChange;
import java.util.ArrayList;
import java.util.List;

/** What an engine's journal holds. */
final class JournaledChanges {
    private JournaledChanges() {}

    /** In the order of the commits. */
    static List<Change> of(TableEngine engine) {
        List<Change> changes = new ArrayList<>();
        try (JournalReader reader = engine.journal().openReader()) {
            reader.seek(1);
            for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
                for (JournalMutation mutation : entry.mutations()) {
                    changes.add(
                            ChangeRecordCodec.decode(mutation.changeRecord()).change());
                }
            }
        }
        return changes;
    }

    static List<ItemChange> ofItems(TableEngine engine) {
        return of(engine).stream()
                .filter(ItemChange.class::isInstance)
                .map(ItemChange.class::cast)
                .toList();
    }
}
