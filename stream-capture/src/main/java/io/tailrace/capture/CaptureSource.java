package io.tailrace.capture;

import io.tailrace.engine.catalog.Catalog;
import io.tailrace.engine.journal.Journal;
import java.util.function.Supplier;

/**
 * What capture needs of an engine.
 *
 * @param catalog the tables as of now: of a commit that the journal already has
 */
record CaptureSource(Journal journal, Supplier<Catalog> catalog) {}
