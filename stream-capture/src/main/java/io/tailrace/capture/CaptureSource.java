package io.tailrace.capture;

import io.tailrace.engine.catalog.Catalog;
import io.tailrace.engine.journal.Journal;
import io.tailrace.engine.step.StepListener;
import java.util.function.Supplier;

/**
 * What capture needs of an engine.
 *
 * @param catalog the tables as of now: of a commit that the journal already has
 * @param steps hears of each step; {@link StepListener#NONE} outside of tests
 */
record CaptureSource(Journal journal, Supplier<Catalog> catalog, StepListener steps) {
    /** Nobody hears of the steps. */
    CaptureSource(Journal journal, Supplier<Catalog> catalog) {
        this(journal, catalog, StepListener.NONE);
    }
}
