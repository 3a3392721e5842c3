package io.tailrace.benchmarks.core;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A benchmark that is ready to run. */
public interface Contest extends AutoCloseable {
    /** What each side is measured at, in order. */
    List<Load> loads();

    /** Who does the work, {@link Side#TAILRACE} first, in order. */
    Map<String, Side> sides();

    /** Whether the side can do the work of the load; Tailrace always can. */
    default boolean takesPart(String side, Load load) {
        return true;
    }

    /** The most rounds before those that count; none where one is so long that it warms itself up. */
    default int mostWarmups() {
        return Integer.MAX_VALUE;
    }

    /** The process that does Tailrace's work. */
    default ProcessHandle profiled() {
        return ProcessHandle.current();
    }

    /** What a reader of the figures should know: sizes, and what was seen to happen. Asked when all rounds are done. */
    List<String> notes();

    @Override
    void close() throws IOException;
}
