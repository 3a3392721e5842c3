package io.tailrace.benchmarks.core;

/** Does a benchmark's work at a load and measures itself while it does. */
@FunctionalInterface
public interface Side {
    String TAILRACE = "tailrace";
    String REFERENCE = "reference";

    /** One round. What is not the work itself, such as cleaning up behind the round before, is outside the sample. */
    Sample measure(Load load) throws Exception;
}
