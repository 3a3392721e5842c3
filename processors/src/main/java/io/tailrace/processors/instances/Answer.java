package io.tailrace.processors.instances;

import java.util.Optional;

/** Answers questions about one partition of something that an instance keeps. Called by many threads. */
@FunctionalInterface
public interface Answer {
    /**
     * The answer; empty while the partition is not here, or not restored yet.
     *
     * @throws IllegalArgumentException when the question makes no sense
     */
    Optional<byte[]> to(int partition, byte[] question);
}
