package io.tailrace.engine;

import io.tailrace.engine.journal.Journal;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalMutation;
import io.tailrace.engine.journal.JournalReader;
import io.tailrace.engine.read.StateCursor;
import io.tailrace.engine.state.StateView;
import io.tailrace.engine.state.TableState;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What an engine's journal and state hold, in lines, to compare them byte for byte. */
final class JournalAndState {
    private static final byte[] FIRST_KEY = {0};
    private static final byte[] BEHIND_LAST_KEY = {(byte) 0xFF};
    private static final HexFormat HEX = HexFormat.of();

    private JournalAndState() {}

    /** One line for each entry that can be read. */
    static List<String> entries(Journal journal) {
        List<String> lines = new ArrayList<>();
        try (JournalReader reader = journal.openReader()) {
            for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
                lines.add(line(entry));
            }
        }
        return lines;
    }

    static String line(JournalEntry entry) {
        StringBuilder line = new StringBuilder();
        line.append(entry.sequence()).append(' ').append(entry.commitTime());
        line.append(' ').append(entry.commandPosition()).append(' ').append(entry.requestToken());
        for (JournalMutation mutation : entry.mutations()) {
            ByteBuffer record = mutation.changeRecord();
            byte[] bytes = new byte[record.remaining()];
            record.get(bytes);
            line.append(' ')
                    .append(HEX.formatHex(mutation.stateKey()))
                    .append('=')
                    .append(HEX.formatHex(bytes));
        }
        return line.toString();
    }

    /** All that the state holds. */
    static List<String> dump(TableState state) {
        List<String> lines = new ArrayList<>();
        lines.add("applied " + state.appliedSequence() + " at " + state.lastCommitTime());
        lines.add("next id " + state.catalog().nextId());
        lines.add("tokens " + state.requestTokenCount());
        lines.add("command offset " + state.commandOffset(0));
        for (TableDefinition table : state.catalog().tables()) {
            lines.add(table.toString());
            lines.add(state.statistics(table.id()).toString());
            table.localSecondaryIndexes()
                    .forEach(index -> lines.add(state.statistics(index.id()).toString()));
        }
        try (StateView view = state.view(true)) {
            try (StateCursor all = view.scan(FIRST_KEY, BEHIND_LAST_KEY, true)) {
                while (all.next()) {
                    lines.add(HEX.formatHex(all.key()) + " "
                            + HEX.formatHex(all.item().encoded()));
                }
            }
            for (TableDefinition table : state.catalog().tables()) {
                lines.addAll(collections(view, table));
            }
        }
        return lines;
    }

    private static Set<String> collections(StateView view, TableDefinition table) {
        Set<String> lines = new TreeSet<>();
        byte[] prefix = StateKeys.idPrefix(table.id());
        try (StateCursor items = view.scan(prefix, StateKeys.successor(prefix), true)) {
            while (items.next()) {
                byte[] partition = StateKeys.partitionPrefix(
                        table.id(), table.key(), items.item().item());
                lines.add("collection " + HEX.formatHex(partition) + " " + view.itemCollectionBytes(partition));
            }
        }
        return lines;
    }
}
