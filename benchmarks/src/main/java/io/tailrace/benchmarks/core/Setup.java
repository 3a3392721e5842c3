package io.tailrace.benchmarks.core;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What a benchmark is opened with.
 *
 * @param workDir its own, empty, removed afterwards
 * @param home the checkout, where what the build fetched for comparison lies
 * @param progress to be told where opening takes long
 */
public record Setup(Scale scale, long seed, Path workDir, Path home, Progress progress) {
    public Setup {
        Objects.requireNonNull(scale);
        Objects.requireNonNull(workDir);
        Objects.requireNonNull(home);
        Objects.requireNonNull(progress);
    }
}
