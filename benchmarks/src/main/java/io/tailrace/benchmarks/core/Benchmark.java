package io.tailrace.benchmarks.core;

import java.util.List;

/** One question, answered by Tailrace and by a reference in the same run. */
public interface Benchmark {
    /** In lower case with hyphens, for the command line. */
    String name();

    /** What is compared with what, in one sentence. */
    String summary();

    /** What one operation is. */
    String operation();

    /** What is promised; empty where figures are only reported. */
    List<Target> targets();

    /**
     * Makes everything ready: data, processes, connections.
     *
     * @throws UnavailableException when something that it needs is not there
     */
    Contest open(Setup setup) throws Exception;
}
