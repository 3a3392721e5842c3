package io.tailrace.engine.recovery;

import io.tailrace.engine.journal.ChronicleJournal;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.state.TableState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the state to where the journal is, with the same apply as always. */
public final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);
    /** Bounds the memory that recovery takes. */
    private static final int BATCH_ENTRIES = 256;

    private static final long BATCH_BYTES = 8L << 20;

    private Recovery() {}

    /**
     * Applies what the state lacks.
     *
     * @throws io.tailrace.engine.journal.JournalCorruptException when the journal does not have it
     */
    public static void run(ChronicleJournal journal, TableState state) throws IOException {
        long before = state.appliedSequence();
        if (journal.lastSequence() == before) {
            journal.requireFrom(before + 1);
            return;
        }
        replay(journal, before + 1, state::apply);
        if (state.appliedSequence() > before) {
            log.info("Recovered commits {} to {} from the journal", before + 1, state.appliedSequence());
        }
    }

    /** Passes on the commits from this number on, some at a time. */
    public static void replay(ChronicleJournal journal, long fromSequence, Consumer<List<JournalEntry>> consumer)
            throws IOException {
        List<JournalEntry> batch = new ArrayList<>();
        long[] bytes = {0};
        journal.replay(fromSequence, entry -> {
            batch.add(entry);
            bytes[0] += ChronicleJournal.encodedLength(entry);
            if (batch.size() >= BATCH_ENTRIES || bytes[0] >= BATCH_BYTES) {
                consumer.accept(List.copyOf(batch));
                batch.clear();
                bytes[0] = 0;
            }
        });
        consumer.accept(batch);
    }
}
