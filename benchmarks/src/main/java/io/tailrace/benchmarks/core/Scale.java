package io.tailrace.benchmarks.core;

/** How long a run takes. */
public enum Scale {
    /** Sizes whose figures mean something. */
    FULL,
    /** Shows that everything works; the figures mean little. */
    QUICK;

    public int pick(int full, int quick) {
        return this == FULL ? full : quick;
    }
}
