package io.tailrace.engine.recovery;

import io.tailrace.engine.catalog.StreamTimes;
import io.tailrace.engine.disk.DiskSync;
import io.tailrace.engine.journal.ChronicleJournal;
import io.tailrace.engine.state.BlockCache;
import io.tailrace.engine.state.StateFinding;
import io.tailrace.engine.state.TableState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the state and brings it to the journal's end. A state that is damaged is built anew when the journal begins with
 * the first commit; the damaged one is kept beside it. When the journal does not, the state is the only copy of what was
 * committed before, and nothing is touched.
 */
public final class StateRecovery {
    private static final Logger log = LoggerFactory.getLogger(StateRecovery.class);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String REBUILT = "state.rebuilding";

    private final DataDirectory directory;
    private final ChronicleJournal journal;
    private final Clock clock;
    private final DiskSync disk;
    private final StateSettings settings;

    /**
     * What the state depends on besides the journal.
     *
     * @param streamTimes for how long at least streams and shards are known after their end
     * @param cache one that other engines use too; empty for one of its own
     */
    public record StateSettings(StreamTimes streamTimes, Optional<BlockCache> cache) {
        public StateSettings {
            Objects.requireNonNull(streamTimes);
            Objects.requireNonNull(cache);
        }
    }

    public StateRecovery(
            DataDirectory directory, ChronicleJournal journal, Clock clock, DiskSync disk, StateSettings settings) {
        this.disk = disk;
        this.directory = directory;
        this.journal = journal;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * The state as of the journal's last entry.
     *
     * @throws StateLostException when the state is damaged or gone and the journal does not reach back to the first commit
     * @throws io.tailrace.engine.journal.JournalCorruptException when the journal does not have what the state lacks
     */
    public TableState open() throws IOException {
        StateFinding found = TableState.examine(directory.state());
        switch (found.kind()) {
            case NONE -> requireWholeJournal("there is no state in " + directory.state());
            case DAMAGED -> rebuild(found.reason());
            case READABLE -> journal.requireFrom(found.appliedSequence() + 1);
        }
        TableState state = openState(directory.state());
        try {
            Recovery.run(journal, state);
            return state;
        } catch (IOException | RuntimeException e) {
            state.close();
            throw e;
        }
    }

    private TableState openState(Path path) throws IOException {
        return TableState.open(path, this::syncJournal, settings.streamTimes(), settings.cache());
    }

    /** Whether the journal alone says all that the state has to hold. */
    public boolean canRebuild() {
        return journal.firstSequence() == 1;
    }

    /**
     * Builds the state from the journal and puts it in the place of the one that is there, which is kept beside it.
     *
     * @param reason why, for the log
     * @return where the former state is now
     */
    public Path rebuild(String reason) throws IOException {
        requireWholeJournal("the state is damaged: " + reason);
        Path rebuilt = directory.path().resolve(REBUILT);
        delete(rebuilt);
        log.warn("The state is damaged and is built anew from the journal: {}", reason);
        try (TableState state = openState(rebuilt)) {
            Recovery.run(journal, state);
            state.flush();
        }
        Path aside = aside(directory.state(), "damaged", clock);
        Files.move(directory.state(), aside);
        Files.move(rebuilt, directory.state());
        disk.forceDirectory(directory.path());
        log.warn("The damaged state is kept in {}; delete it when all is well", aside);
        return aside;
    }

    /** A name beside this path that says when, and that nothing has. */
    public static Path aside(Path path, String why, Clock clock) {
        String name = path.getFileName() + "." + why + "-" + TIME.format(clock.instant());
        Path free = path.resolveSibling(name);
        for (int i = 2; Files.exists(free); i++) {
            free = path.resolveSibling(name + "-" + i);
        }
        return free;
    }

    private void requireWholeJournal(String problem) {
        if (!canRebuild()) {
            throw new StateLostException(problem, directory.path(), journal.firstSequence(), journal.lastSequence());
        }
    }

    private void syncJournal() {
        try {
            journal.sync();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
