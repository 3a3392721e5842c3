package io.tailrace.benchmarks;

import io.tailrace.benchmarks.core.Benchmark;
import io.tailrace.benchmarks.stream.CaptureThroughput;
import java.util.List;

/** All benchmarks, in the order in which they are listed and run. */
public final class Benchmarks {
    private Benchmarks() {}

    public static List<Benchmark> all() {
        return List.of(new CaptureThroughput());
    }
}
