package io.tailrace.benchmarks.core;

/** Is told how far a run is. */
public interface Progress {
    /** Something that takes a while begins. */
    void step(String what);

    /** A sample was taken. */
    void sample(Load load, String side, int round, Sample sample);
}
