package io.tailrace.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.TableEngine;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalMutation;
import io.tailrace.engine.journal.JournalReader;
import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.model.Change;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    /**
     * Replays the journal: each backfill repeats an item as it is at that place of the log, once, and none is left out.
     *
     * @return how many items there are in the end
     */
    static int assertEachItemIsToldAsItIs(TableEngine engine) {
        Map<Item, Item> items = new HashMap<>();
        Set<Item> told = new HashSet<>();
        for (ItemChange change : ofItems(engine)) {
            if (change.isBackfill()) {
                assertThat(change.newImage()).isEqualTo(items.get(change.keys()));
                assertThat(told.add(change.keys()))
                        .as("told for the first time")
                        .isTrue();
            } else if (change.newImage() == null) {
                items.remove(change.keys());
            } else {
                items.put(change.keys(), change.newImage());
            }
        }
        assertThat(told).containsAll(items.keySet());
        return items.size();
    }
}
