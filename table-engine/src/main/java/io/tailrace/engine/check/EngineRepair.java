package io.tailrace.engine.check;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.engine.catalog.StreamTimes;
import io.tailrace.engine.disk.DiskSync;
import io.tailrace.engine.journal.ChronicleJournal;
import io.tailrace.engine.journal.JournalConfig;
import io.tailrace.engine.journal.JournalDependencies;
import io.tailrace.engine.journal.JournalInspection;
import io.tailrace.engine.recovery.DataDirectory;
import io.tailrace.engine.recovery.StateRecovery;
import io.tailrace.engine.state.BlockCache;
import io.tailrace.engine.state.DerivedState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Does what a check said is safe, and nothing else: cuts off what was never acknowledged, deletes what a removal left, builds
 * the state anew from a whole journal, and indexes and counters from the items. What it replaces it keeps.
 */
public final class EngineRepair {
    private final DataDirectory directory;
    private final EngineCheck.Report found;
    private final StreamTimes streamTimes;
    private final List<Finding> done = new ArrayList<>();

    private EngineRepair(DataDirectory directory, EngineCheck.Report found, StreamTimes streamTimes) {
        this.directory = directory;
        this.streamTimes = streamTimes;
        this.found = found;
    }

    /**
     * Repairs.
     *
     * @param found by the check of this directory, since which nothing changed
     * @param streamTimes for how long a state that is built anew knows streams after their end
     * @return what was done; empty when nothing was
     * @throws IOException when something cannot be written; what was done before it stays done
     */
    public static List<Finding> of(DataDirectory directory, EngineCheck.Report found, StreamTimes streamTimes)
            throws IOException {
        EngineRepair repair = new EngineRepair(directory, found, streamTimes);
        // Nothing is built on a journal that cannot be trusted.
        if (found.journal().isPresent() && found.journal().get().damage().isEmpty()) {
            repair.run(found.journal().get());
        }
        return List.copyOf(repair.done);
    }

    private void run(JournalInspection inspected) throws IOException {
        boolean rebuild = !found.state().damage().isEmpty() && inspected.firstSequence() == 1;
        boolean derive =
                found.state().damage().isEmpty() && !found.state().derived().isEmpty();
        if (inspected.tornTail().isEmpty() && inspected.leftovers().isEmpty() && !rebuild && !derive) {
            return;
        }
        JournalInspection.TornTail torn = inspected.tornTail().orElse(null);
        if (torn != null) {
            Path copy = StateRecovery.aside(
                    directory.path().resolve("journal"), "torn-at-" + torn.position(), Clock.systemUTC());
            torn.copyTo(copy);
            done.add(Finding.repaired("journal", "the torn end of " + torn.file() + " was cut off; a copy is " + copy));
        }
        try (ChronicleJournal journal = openJournal()) {
            inspected.leftovers().forEach(leftover -> done.add(Finding.repaired("journal", leftover + " was deleted")));
            if (rebuild) {
                Path aside = new StateRecovery(
                                directory,
                                journal,
                                Clock.systemUTC(),
                                DiskSync.SYSTEM,
                                new StateRecovery.StateSettings(streamTimes, BlockCache.OWN))
                        .rebuild(found.state().damage().get(0));
                done.add(Finding.repaired(
                        "state",
                        "it was built anew from the journal's commits 1 to " + journal.lastSequence()
                                + "; the damaged one is " + aside));
            }
        }
        if (derive) {
            Path aside = StateRecovery.aside(directory.state(), "before-repair", Clock.systemUTC());
            DerivedState.rebuild(directory.state(), aside);
            done.add(Finding.repaired(
                    "indexes", "indexes and counters were made anew from the items; the state as it was is " + aside));
        }
    }

    /** Opening it cuts off and deletes what a start would. */
    private ChronicleJournal openJournal() throws IOException {
        return ChronicleJournal.open(
                directory.journal(),
                JournalConfig.DEFAULT,
                new JournalDependencies(Clock.systemUTC(), new SimpleMeterRegistry(), "doctor"),
                directory.lastShutdown());
    }
}
