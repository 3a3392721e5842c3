package io.tailrace.engine.check;

import io.tailrace.engine.journal.JournalInspection;
import io.tailrace.engine.recovery.DataDirectory;
import io.tailrace.engine.state.StateFinding;
import io.tailrace.engine.state.StateInspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks an engine's directory: the journal, the state, and that they fit one another. */
public final class EngineCheck {
    private static final String JOURNAL = "journal";
    private static final String STATE = "state";
    private static final String REPAIR = "Run it again with --repair";
    private static final String RESTORE =
            "Copy the directory, then see docs/operations.md, \"A corrupt journal\" and \"A damaged state\"";
    private static final long PROGRESS_BYTES = 64L << 20;
    private static final long PROGRESS_ITEMS = 100_000;

    /**
     * What was found.
     *
     * @param journal empty when it is missing
     */
    public record Report(List<Finding> findings, Optional<JournalInspection> journal, StateInspection.Report state) {
        public Report {
            findings = List.copyOf(findings);
            Objects.requireNonNull(journal);
            Objects.requireNonNull(state);
        }
    }

    private final DataDirectory directory;
    private final Consumer<String> progress;
    private final List<Finding> findings = new ArrayList<>();

    private EngineCheck(DataDirectory directory, Consumer<String> progress) {
        this.directory = directory;
        this.progress = progress;
    }

    /**
     * Checks the directory and changes nothing.
     *
     * @param progress hears now and then how far it is, in a few words
     * @throws IOException when something cannot be read, or this release does not read its format
     */
    public static Report of(DataDirectory directory, Consumer<String> progress) throws IOException {
        return new EngineCheck(directory, progress).run();
    }

    private Report run() throws IOException {
        Optional<JournalInspection> journal = checkJournal();
        long[] told = {0};
        StateInspection.Report state = StateInspection.of(directory.state(), items -> {
            if (items - told[0] >= PROGRESS_ITEMS) {
                told[0] = items;
                progress.accept(String.format(Locale.ROOT, "state: %,d items", items));
            }
        });
        checkState(state, journal);
        checkLeftovers();
        return new Report(findings, journal, state);
    }

    private Optional<JournalInspection> checkJournal() throws IOException {
        if (!Files.isDirectory(directory.journal())) {
            findings.add(
                    directory.wasUsed()
                            ? Finding.damage(
                                    JOURNAL,
                                    "the journal is missing, and the directory was written to: what was committed since"
                                            + " the state's last flush is lost",
                                    RESTORE)
                            : Finding.ok(JOURNAL, "nothing was ever written"));
            return Optional.empty();
        }
        long[] told = {0};
        JournalInspection journal = JournalInspection.of(directory.journal(), directory.lastShutdown(), bytes -> {
            if (bytes - told[0] >= PROGRESS_BYTES) {
                told[0] = bytes;
                progress.accept(String.format(Locale.ROOT, "journal: %,d MB of entries", bytes >> 20));
            }
        });
        for (String damage : journal.damage()) {
            findings.add(Finding.damage(JOURNAL, damage, RESTORE));
        }
        journal.tornTail()
                .ifPresent(tail -> findings.add(Finding.repairable(
                        JOURNAL,
                        "behind byte " + tail.position() + " of " + tail.file()
                                + " is the rest of a write that a crash cut off and nobody was told of",
                        "The next start cuts it off, or --repair does, which keeps a copy")));
        for (Path leftover : journal.leftovers()) {
            findings.add(Finding.repairable(
                    JOURNAL,
                    leftover
                            + " is left of a removal or of a file's creation that was cut off; no entry is needed from it",
                    "The next start deletes it, or --repair does"));
        }
        if (journal.damage().isEmpty()) {
            findings.add(Finding.ok(
                    JOURNAL,
                    journal.lastSequence() < journal.firstSequence()
                            ? "no entries"
                            : String.format(
                                    Locale.ROOT,
                                    "entries %,d to %,d in %d files, %,d bytes: checksums right, no number missing",
                                    journal.firstSequence(),
                                    journal.lastSequence(),
                                    journal.segments(),
                                    journal.entryBytes())));
        }
        return Optional.of(journal);
    }

    private void checkState(StateInspection.Report state, Optional<JournalInspection> journal) {
        boolean whole = journal.map(
                        found -> found.firstSequence() == 1 && found.damage().isEmpty())
                .orElse(false);
        for (String damage : state.damage()) {
            findings.add(
                    whole
                            ? Finding.repairable(
                                    STATE,
                                    damage,
                                    "The journal begins with the first commit: --repair builds the state anew from it")
                            : Finding.damage(
                                    STATE,
                                    damage + ". The journal does not have all commits: this state is the only copy",
                                    RESTORE));
        }
        for (String derived : state.derived()) {
            findings.add(Finding.repairable("indexes", derived, REPAIR + " to make it anew from the items"));
        }
        if (state.found().kind() == StateFinding.Kind.NONE) {
            boolean lost = !whole && journal.isPresent();
            findings.add(
                    lost
                            ? Finding.damage(
                                    STATE, "there is no state, and the journal does not have all commits", RESTORE)
                            : Finding.ok(STATE, "there is none; the next start builds it from the journal"));
        } else if (state.damage().isEmpty()) {
            findings.add(Finding.ok(
                    STATE,
                    String.format(
                            Locale.ROOT,
                            "commits up to %,d, %d tables with %,d items: checksums right",
                            state.found().appliedSequence(),
                            state.tables(),
                            state.items())));
            if (state.derived().isEmpty()) {
                findings.add(Finding.ok(
                        "indexes", "local indexes, counters, item collections and streams are as the items say"));
            }
        }
        if (state.found().kind() == StateFinding.Kind.READABLE) {
            journal.ifPresent(found -> compare(state.found().appliedSequence(), found));
        }
    }

    private void compare(long applied, JournalInspection journal) {
        if (applied + 1 < journal.firstSequence()) {
            findings.add(Finding.damage(
                    STATE,
                    "it has the commits up to " + applied + ", and the journal begins with " + journal.firstSequence()
                            + ": those between are lost",
                    RESTORE));
        } else if (applied > journal.lastSequence()) {
            findings.add(Finding.damage(
                    JOURNAL,
                    "it ends with " + journal.lastSequence() + ", and the state has the commits up to " + applied
                            + ": the journal lost its end, or they are of different copies",
                    RESTORE));
        } else {
            long behind = journal.lastSequence() - applied;
            findings.add(Finding.ok(
                    STATE,
                    behind == 0
                            ? "it has all that the journal has"
                            : String.format(
                                    Locale.ROOT,
                                    "the next start applies the last %,d commits of the journal to it",
                                    behind)));
        }
    }

    private void checkLeftovers() throws IOException {
        try (var paths = Files.newDirectoryStream(directory.path(), "state.*-*")) {
            for (Path path : paths) {
                findings.add(Finding.ok(STATE, path + " is what a repair kept; nobody reads it"));
            }
        }
    }
}
