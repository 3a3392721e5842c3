package io.tailrace.capture;

import io.tailrace.engine.catalog.Catalog;
import io.tailrace.engine.journal.Journal;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalMutation;
import io.tailrace.engine.journal.JournalReader;
import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Change.CatalogChange.Action;
import io.tailrace.schemas.model.TableDefinition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the tables as of the journal's beginning when no checkpoint tells: today's tables, with the journal's catalog
 * changes undone.
 */
final class JournalCatalog {
    private static final Logger LOG = LoggerFactory.getLogger(JournalCatalog.class);

    private JournalCatalog() {}

    /**
     * The tables before the journal's first entry.
     *
     * @param today the catalog as of some entry that the journal already has
     */
    static Catalog beforeFirstEntry(Journal journal, Catalog today) {
        if (journal.firstSequence() == 1) {
            return Catalog.EMPTY;
        }
        Map<Integer, TableDefinition> tables = new HashMap<>();
        Set<Integer> changed = new HashSet<>();
        try (JournalReader reader = journal.openReader()) {
            reader.seek(journal.firstSequence());
            for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
                for (JournalMutation mutation : entry.mutations()) {
                    if (mutation.catalog() && changed.add(mutation.tableId())) {
                        CatalogChange change = catalogChange(mutation);
                        if (change.action() != Action.CREATE_TABLE) {
                            tables.put(mutation.tableId(), change.table());
                        }
                        if (change.action() == Action.UPDATE_TABLE) {
                            LOG.warn(
                                    "the journal no longer tells how table {} was before commit {}: taken as it was after",
                                    change.table().name(),
                                    entry.sequence());
                        }
                    }
                }
            }
        }
        for (TableDefinition table : today.tables()) {
            if (!changed.contains(table.id())) {
                tables.put(table.id(), table);
            }
        }
        return Catalog.of(tables.values(), today.nextId());
    }

    static CatalogChange catalogChange(JournalMutation mutation) {
        if (ChangeRecordCodec.decode(mutation.changeRecord()).change() instanceof CatalogChange change) {
            return change;
        }
        throw new IllegalStateException("the journal marks the change of an item as one of the catalog");
    }
}
