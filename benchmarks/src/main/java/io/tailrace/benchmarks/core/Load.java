package io.tailrace.benchmarks.core;

import java.util.Objects;

/**
 * How much, or what kind of, work comes at a time.
 *
 * @param label for people, for example {@code 16 clients}
 * @param value its place on the axis of a plot
 */
public record Load(String label, long value) {
    public Load {
        Objects.requireNonNull(label);
    }
}
