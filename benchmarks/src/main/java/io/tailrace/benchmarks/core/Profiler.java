package io.tailrace.benchmarks.core;

import java.io.IOException;

/** Finds out where a process spends its CPU time. */
public interface Profiler {
    Profiler NONE = new Profiler() {
        @Override
        public void begin(ProcessHandle process, String name) {
            // nobody wants to know
        }

        @Override
        public void end(ProcessHandle process, String name) {
            // nobody wants to know
        }
    };

    /**
     * Begins, or goes on when the last one that ended has the same name.
     *
     * @param name of the benchmark and the load
     */
    void begin(ProcessHandle process, String name) throws IOException, InterruptedException;

    /** Stops, and writes what it has found under this name. */
    void end(ProcessHandle process, String name) throws IOException, InterruptedException;
}
