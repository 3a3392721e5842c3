package io.tailrace.engine;

import io.tailrace.engine.journal.ChronicleJournal;
import io.tailrace.engine.state.TableState;
import io.tailrace.engine.step.EngineStep;
import io.tailrace.engine.step.StepListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Flushes the state every so often and removes the journal files that nobody needs any more. */
final class Maintenance {
    private static final Logger log = LoggerFactory.getLogger(Maintenance.class);

    private final ChronicleJournal journal;
    private final TableState state;
    private final long flushIntervalNanos;
    private final CompletableFuture<LongSupplier> capturedSequence;
    private final StepListener steps;
    private long lastRunNanos = System.nanoTime();

    /** @param capturedSequence once it is there, what is captured may be removed */
    Maintenance(
            ChronicleJournal journal,
            TableState state,
            Duration flushInterval,
            CompletableFuture<LongSupplier> capturedSequence,
            StepListener steps) {
        this.journal = journal;
        this.state = state;
        this.flushIntervalNanos = flushInterval.toNanos();
        this.capturedSequence = capturedSequence;
        this.steps = steps;
    }

    /** @return 1 when there was something to do, else 0 */
    int doWork() throws IOException {
        long now = System.nanoTime();
        if (now - lastRunNanos < flushIntervalNanos) {
            return 0;
        }
        lastRunNanos = now;
        flush();
        removeJournalFiles();
        return 1;
    }

    /** Makes what was applied durable in the state's files; the journal first, so that it is never behind. */
    void flush() throws IOException {
        if (state.appliedSequence() > state.flushedSequence()) {
            steps.reached(EngineStep.FLUSH_BEGINS);
            journal.sync();
            steps.reached(EngineStep.FLUSH_SYNCED_JOURNAL);
            state.flush();
            steps.reached(EngineStep.FLUSH_ENDS);
        }
    }

    private void removeJournalFiles() throws IOException {
        LongSupplier captured = capturedSequence.getNow(null);
        if (captured == null) {
            return;
        }
        int removed = journal.remove(Math.min(state.flushedSequence(), captured.getAsLong()));
        if (removed > 0) {
            log.info("Removed {} journal files; the journal begins with entry {}", removed, journal.firstSequence());
        }
    }
}
