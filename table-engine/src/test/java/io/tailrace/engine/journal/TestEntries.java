package io.tailrace.engine.journal;

import io.tailrace.engine.TestTables;
import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** Journal entries for tests. */
public final class TestEntries {
    public static final TableDefinition TABLE = TestTables.plain(1, "T");
    public static final Instant TIME = Instant.parse("2026-05-17T10:05:03.123456Z");

    private TestEntries() {}

    /** A commit that puts one item. */
    public static JournalEntry put(long sequence, Instant commitTime, Item item) {
        return new JournalEntry(sequence, commitTime, List.of(mutation(sequence, item)), null);
    }

    public static JournalEntry put(long sequence) {
        return put(sequence, TIME.plusMillis(sequence), TestTables.item("p" + sequence, sequence, "value " + sequence));
    }

    /** A commit that creates {@link #TABLE}. */
    public static JournalEntry createTable(long sequence) {
        return createTable(sequence, TABLE);
    }

    public static JournalEntry createTable(long sequence, TableDefinition table) {
        ChangeRecord record = new ChangeRecord(
                sequence, 0, 1, TIME, "r", null, null, new CatalogChange(CatalogChange.Action.CREATE_TABLE, table));
        JournalMutation mutation = new JournalMutation(
                true, StateKeys.idPrefix(table.id()), 0, ByteBuffer.wrap(ChangeRecordCodec.encode(record)));
        return new JournalEntry(sequence, TIME, List.of(mutation), null);
    }

    /** A commit that puts one item into a table. */
    public static JournalEntry put(long sequence, TableDefinition table, Item item) {
        return new JournalEntry(sequence, TIME, List.of(mutation(sequence, table, item)), null);
    }

    public static JournalMutation mutation(long sequence, Item item) {
        return mutation(sequence, TABLE, item);
    }

    private static JournalMutation mutation(long sequence, TableDefinition table, Item item) {
        byte[] record = ChangeRecordCodec.encode(
                new ChangeRecordCodec.Header(sequence, 0, 1, TIME, "r", null, null, table.id(), table.name(), null),
                ItemCodec.encode(table.key().keyOf(item)),
                null,
                ItemCodec.encode(item));
        return new JournalMutation(
                false,
                StateKeys.tableKey(table, item),
                StateKeys.streamTopicKey(table, item).length,
                ByteBuffer.wrap(record));
    }
}
