package io.tailrace.benchmarks.footprint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A server that can be started with nothing in it. */
interface Candidate {
    /**
     * Starts it and returns when it has answered requests that use a table.
     *
     * @param directory an empty one for all that it writes
     */
    Life start(Path directory) throws IOException, InterruptedException;

    /** All that a user has to have to start it, a Java runtime aside; empty where that is not known. */
    Optional<Path[]> files();
}
